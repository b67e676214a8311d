import { useTranslation } from "react-i18next";

import { useSession } from "@/features/session/context";
import { SignInForm } from "@/features/session/SignInForm";
import { Loading } from "@/ui/States";

import { AlreadyIn, useCameFrom, useEnter } from "../useEnter";
import { usePageTitle } from "../usePageTitle";

export function SignInRoute() {
  const { t } = useTranslation();
  usePageTitle(t("session.sign_in"));
  const { state } = useSession();
  const { wasExpired = false } = useCameFrom();
  const enter = useEnter();
  if (state.status === "starting") return <Loading />;
  if (state.status === "signed_in") return <AlreadyIn user={state.user} />;
  return <SignInForm wasExpired={wasExpired} onDone={enter} />;
}
