import { useTranslation } from "react-i18next";

import { useSession } from "@/features/session/context";
import { RegisterForm } from "@/features/session/RegisterForm";
import { Loading } from "@/ui/States";

import { AlreadyIn, useEnter } from "../useEnter";
import { usePageTitle } from "../usePageTitle";

export default function RegisterRoute() {
  const { t } = useTranslation();
  usePageTitle(t("session.register_title"));
  const { state } = useSession();
  const enter = useEnter();
  if (state.status === "starting") return <Loading />;
  if (state.status === "signed_in") return <AlreadyIn user={state.user} />;
  return <RegisterForm onDone={enter} />;
}
