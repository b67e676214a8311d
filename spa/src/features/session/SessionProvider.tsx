import { type ReactNode, useCallback, useEffect, useMemo, useReducer } from "react";

import { onSessionLost } from "@/api/client";
import { mayHaveSession } from "@/api/csrf";
import { ApiError } from "@/api/errors";
import * as requests from "@/api/requests";
import type { User } from "@/api/types";
import { asLocale, switchLocale } from "@/i18n";

import { type SessionApi, SessionContext } from "./context";
import { initialSession, sessionReducer } from "./reducer";

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(sessionReducer, null, () => initialSession(mayHaveSession()));
  const isStarting = state.status === "starting";

  useEffect(() => {
    if (!isStarting) return;
    let isCurrent = true;
    requests
      .getUser()
      .then(async (user) => {
        await speak(user);
        if (isCurrent) dispatch({ type: "restored", user });
      })
      .catch((error: unknown) => {
        if (!isCurrent) return;
        const isRefused = error instanceof ApiError && (error.status === 401 || error.status === 403);
        dispatch(isRefused ? { type: "not_restored" } : { type: "restore_failed", error });
      });
    return () => {
      isCurrent = false;
    };
  }, [isStarting]);

  useEffect(() => onSessionLost(() => dispatch({ type: "expired" })), []);

  const enter = useCallback(async (user: User): Promise<User> => {
    await speak(user);
    dispatch({ type: "signed_in", user });
    return user;
  }, []);

  const session = useMemo<SessionApi>(
    () => ({
      state,
      signIn: async (credentials) => enter((await requests.signIn({ ...credentials, session: "cookie" })).user),
      register: async (registration) => enter((await requests.register({ ...registration, session: "cookie" })).user),
      signOut: async () => {
        await requests.signOut();
        dispatch({ type: "signed_out" });
      },
      changeUser: (user) => dispatch({ type: "user_changed", user }),
      restore: () => dispatch({ type: "restore_again" }),
    }),
    [state, enter],
  );

  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The account's language wins over the device's, so that a shared computer speaks to each person in their own. */
async function speak(user: User): Promise<void> {
  const locale = asLocale(user.locale);
  if (locale !== null) await switchLocale(locale);
}
