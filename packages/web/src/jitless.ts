import { z } from "zod";

// The server's content security policy forbids compiling code, which Zod would try as soon as a schema is made: so this
// is imported before everything that makes one.
z.config({ jitless: true });
