import type { ReactNode } from "react";
import { BrowserRouter } from "react-router";

import { SessionProvider } from "@/features/session/SessionProvider";

import { Crash } from "./Crash";

export function Providers({ children }: { children: ReactNode }) {
  return (
    <Crash>
      <BrowserRouter>
        <SessionProvider>{children}</SessionProvider>
      </BrowserRouter>
    </Crash>
  );
}
