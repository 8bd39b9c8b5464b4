import "./jitless.ts";
import "./theme/global.css";
import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ClientProvider } from "./client/ClientProvider.tsx";
import { CommandsProvider } from "./command/commands.tsx";
import { router } from "./router.tsx";
import { theme } from "./theme/theme.ts";
import { variables } from "./theme/variables.ts";

const place = document.getElementById("app");
if (!place) throw new Error("index.html has no element #app");

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <CommandsProvider>
        <ClientProvider>
          <RouterProvider router={router} />
        </ClientProvider>
      </CommandsProvider>
    </MantineProvider>
  </StrictMode>,
);
