import { CoursePath } from "@/features/path/CoursePath";

import { usePageTitle } from "../usePageTitle";

export default function PathRoute() {
  usePageTitle("path.title");
  return <CoursePath />;
}
