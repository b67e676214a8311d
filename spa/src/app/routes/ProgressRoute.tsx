import { ProgressPage } from "@/features/progress/ProgressPage";
import { useUser } from "@/features/session/context";

import { usePageTitle } from "../usePageTitle";

export default function ProgressRoute() {
  usePageTitle("progress.title");
  return <ProgressPage name={useUser().display_name} />;
}
