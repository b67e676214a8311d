import { createContext, use } from "react";

import type { Credentials, Registration, User } from "@/api/types";

import type { SessionState } from "./reducer";

export interface SessionApi {
  state: SessionState;
  signIn: (credentials: Omit<Credentials, "session">) => Promise<User>;
  register: (registration: Omit<Registration, "session">) => Promise<User>;
  signOut: () => Promise<void>;
  changeUser: (user: User) => void;
  restore: () => void;
}

export const SessionContext = createContext<SessionApi | null>(null);

export function useSession(): SessionApi {
  const session = use(SessionContext);
  if (session === null) throw new Error("useSession needs a SessionProvider above it");
  return session;
}

/** The signed-in person; only for pages that stand behind the sign-in. */
export function useUser(): User {
  const { state } = useSession();
  if (state.status !== "signed_in") throw new Error("useUser needs a signed-in person");
  return state.user;
}
