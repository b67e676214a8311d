import { Navigate, useLocation, useNavigate } from "react-router";

import type { User } from "@/api/types";

import { belongsToDashboard, DASHBOARD, homeOf } from "./home";

interface CameFrom {
  from?: string;
  wasExpired?: boolean;
}

export const useCameFrom = (): CameFrom => (useLocation().state ?? {}) as CameFrom;

/** Where to go after signing in: back to where one was sent away, or home. */
export function useEnter(): (user: User) => void {
  const navigate = useNavigate();
  const { from } = useCameFrom();
  return (user) => {
    // The dashboard is served by Flask: only a full load of the page reaches it.
    if (belongsToDashboard(user)) location.assign(DASHBOARD);
    else void navigate(from ?? homeOf(user), { replace: true });
  };
}

/** Someone signed in has nothing to do on the pages outside. */
export function AlreadyIn({ user }: { user: User }) {
  const { from } = useCameFrom();
  return <Navigate to={from ?? homeOf(user)} replace />;
}
