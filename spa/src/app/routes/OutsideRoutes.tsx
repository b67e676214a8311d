import { useTranslation } from "react-i18next";
import { Navigate, useLocation, useNavigate } from "react-router";

import type { User } from "@/api/types";
import { useSession } from "@/features/session/context";
import { RegisterForm } from "@/features/session/RegisterForm";
import { SignInForm } from "@/features/session/SignInForm";
import { Loading } from "@/ui/States";

import { belongsToDashboard, DASHBOARD, homeOf } from "../home";
import { usePageTitle } from "../usePageTitle";

interface CameFrom {
  from?: string;
  wasExpired?: boolean;
}

function useEnter(): (user: User) => void {
  const navigate = useNavigate();
  const { from } = (useLocation().state ?? {}) as CameFrom;
  return (user) => {
    // The dashboard is served by Flask: only a full load of the page reaches it.
    if (belongsToDashboard(user)) location.assign(DASHBOARD);
    else void navigate(from ?? homeOf(user), { replace: true });
  };
}

export function SignInRoute() {
  const { t } = useTranslation();
  usePageTitle(t("session.sign_in"));
  const { state } = useSession();
  const cameFrom = (useLocation().state ?? {}) as CameFrom;
  const enter = useEnter();
  if (state.status === "starting") return <Loading />;
  if (state.status === "signed_in") return <AlreadyIn user={state.user} from={cameFrom.from} />;
  return <SignInForm wasExpired={cameFrom.wasExpired ?? false} onDone={enter} />;
}

export function RegisterRoute() {
  const { t } = useTranslation();
  usePageTitle(t("session.register_title"));
  const { state } = useSession();
  const enter = useEnter();
  if (state.status === "starting") return <Loading />;
  if (state.status === "signed_in") return <AlreadyIn user={state.user} from={undefined} />;
  return <RegisterForm onDone={enter} />;
}

function AlreadyIn({ user, from }: { user: User; from: string | undefined }) {
  // On the way to the dashboard this page is still drawn for a moment.
  if (belongsToDashboard(user) && from === undefined) return <Navigate to="/staff" replace />;
  return <Navigate to={from ?? homeOf(user)} replace />;
}
