import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { BrowserRouter } from "react-router";

import { ApiError } from "@/api/errors";
import { SessionProvider } from "@/features/session/SessionProvider";

import { Crash } from "./Crash";

const newClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // Only what was never judged is worth asking again.
        retry: (count, error) => count < 2 && error instanceof ApiError && error.isTransient,
        // Offline is an answer of its own, told by a page, and not a reason to wait in silence.
        networkMode: "always",
        retryDelay: (count) => 600 * 2 ** count,
        refetchOnWindowFocus: false,
      },
    },
  });

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(newClient);
  return (
    <Crash>
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <SessionProvider>{children}</SessionProvider>
        </BrowserRouter>
      </QueryClientProvider>
    </Crash>
  );
}
