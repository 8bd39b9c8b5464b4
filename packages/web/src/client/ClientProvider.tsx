import { type ClientProblem, Countersign, CountersignError } from "@countersign/sdk";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { TokenPrompt } from "./TokenPrompt.tsx";

const ClientContext = createContext<Countersign | null>(null);

/** For as long as the tab is open, and for this tab only. */
const storedToken = "countersign-token";

const asksForToken = (error: unknown): error is CountersignError =>
  error instanceof CountersignError &&
  (error.problem.type === "token-required" || error.problem.type === "token-invalid");

/** Gives the app its server, and asks for a token where the server does. */
export function ClientProvider({ children }: { readonly children: ReactNode }) {
  const [token, setToken] = useState(() => sessionStorage.getItem(storedToken) ?? undefined);
  const [refusal, setRefusal] = useState<ClientProblem>();
  const client = useMemo(() => new Countersign({ url: location.origin, token }), [token]);
  const [queries] = useState(() => {
    const onError = (error: unknown) => {
      if (asksForToken(error)) setRefusal(error.problem);
    };
    return new QueryClient({
      queryCache: new QueryCache({ onError }),
      mutationCache: new MutationCache({ onError }),
      defaultOptions: {
        queries: { retry: (failures, error) => failures < 2 && isPassing(error) },
      },
    });
  });

  if (refusal)
    return (
      <TokenPrompt
        refusal={refusal}
        onToken={(given) => {
          sessionStorage.setItem(storedToken, given);
          setToken(given);
          setRefusal(undefined);
          queries.clear();
        }}
      />
    );
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ClientContext>
  );
}

/** Only a server that was not reached is asked again unbidden; its refusals are answers. */
const isPassing = (error: unknown): boolean =>
  error instanceof CountersignError && error.problem.type === "server-unreachable";

/** The server of this page. */
export function useClient(): Countersign {
  const client = useContext(ClientContext);
  if (!client) throw new Error("useClient is used outside of ClientProvider");
  return client;
}
