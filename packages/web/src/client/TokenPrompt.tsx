import type { ClientProblem } from "@countersign/sdk";
import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { Mark } from "../shell/Mark.tsx";
import styles from "./TokenPrompt.module.css";

export interface TokenPromptProps {
  readonly refusal: ClientProblem;
  readonly onToken: (token: string) => void;
}

/** Asks for the token without which this server does not answer. */
export function TokenPrompt({ refusal, onToken }: TokenPromptProps) {
  const [token, setToken] = useState("");
  return (
    <main className={styles.page}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim()) onToken(token.trim());
        }}
      >
        <Mark />
        <h1>This server asks who you are</h1>
        <p>{refusal.what}</p>
        <PasswordInput
          label="Token"
          description="Kept until this tab is closed. Whoever runs the server makes one with “countersign token create”."
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <Button type="submit">Open Countersign</Button>
      </form>
    </main>
  );
}
