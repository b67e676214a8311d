import { useParams } from "react-router";

import { LessonPlayer } from "@/features/lesson/LessonPlayer";
import { useUser } from "@/features/session/context";

import { usePageTitle } from "../usePageTitle";

export default function LessonRoute() {
  const { lessonId = "" } = useParams();
  usePageTitle("lesson.progress");
  return <LessonPlayer key={lessonId} lessonId={lessonId} userId={useUser().id} />;
}
