import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Outlet } from "react-router";

import { ApiError } from "@/api/errors";

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

/** Everything behind the sign-in. The cache lives and dies with the session: the next person finds nothing of it. */
export default function Inside() {
  const [client] = useState(newClient);
  return (
    <QueryClientProvider client={client}>
      <Outlet />
    </QueryClientProvider>
  );
}
