import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { lessonQuery } from "@/api/queries";
import { LessonPlayer } from "@/features/lesson/LessonPlayer";
import { useUser } from "@/features/session/context";

import { usePageTitle } from "../usePageTitle";

export default function LessonRoute() {
  const { t } = useTranslation();
  const { lessonId = "" } = useParams();
  // Only looks at what the player loads.
  const { data } = useQuery({ ...lessonQuery(lessonId), enabled: false });
  usePageTitle(data?.title ?? t("lesson.progress"));
  return <LessonPlayer key={lessonId} lessonId={lessonId} userId={useUser().id} />;
}
