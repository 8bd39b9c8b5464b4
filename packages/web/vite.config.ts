import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The screen as static files in `dist`, which the server hands out. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { target: "es2023", chunkSizeWarningLimit: 1500 },
});
