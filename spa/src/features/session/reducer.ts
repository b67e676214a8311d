import type { User } from "@/api/types";

export type SessionState =
  | { status: "starting" }
  | { status: "unreachable"; error: unknown }
  | { status: "signed_out"; wasExpired: boolean }
  | { status: "signed_in"; user: User };

export type SessionAction =
  | { type: "restored"; user: User }
  | { type: "not_restored" }
  | { type: "restore_failed"; error: unknown }
  | { type: "restore_again" }
  | { type: "signed_in"; user: User }
  | { type: "user_changed"; user: User }
  | { type: "expired" }
  | { type: "signed_out" };

export const initialSession = (mayHaveSession: boolean): SessionState =>
  mayHaveSession ? { status: "starting" } : { status: "signed_out", wasExpired: false };

export function sessionReducer(state: SessionState, action: SessionAction): SessionState {
  switch (action.type) {
    case "restored":
    case "signed_in":
      return { status: "signed_in", user: action.user };
    case "not_restored":
      // A first visit with a stale cookie is no reason to tell anyone that they were away.
      return { status: "signed_out", wasExpired: false };
    case "restore_failed":
      return state.status === "starting" ? { status: "unreachable", error: action.error } : state;
    case "restore_again":
      return { status: "starting" };
    case "user_changed":
      return state.status === "signed_in" ? { status: "signed_in", user: action.user } : state;
    case "expired":
      return state.status === "signed_in" ? { status: "signed_out", wasExpired: true } : state;
    case "signed_out":
      return { status: "signed_out", wasExpired: false };
  }
}
