import { FamilyPage } from "@/features/family/FamilyPage";

import { usePageTitle } from "../usePageTitle";

export default function FamilyRoute() {
  usePageTitle("family.title");
  return <FamilyPage />;
}
