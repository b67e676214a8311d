import { useQuery, useQueryClient } from "@tanstack/react-query";
import { LazyMotion, MotionConfig } from "motion/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { lessonQuery, modulesQuery, progressQuery } from "@/api/queries";
import { ButtonLink } from "@/ui/Button";
import { Failure, Loading } from "@/ui/States";

import { LessonScreen } from "./LessonScreen";

const loadMotion = () => import("./motionFeatures").then((module) => module.default);

/** Loads the lesson as it stands now and hands it to the screen; a later refetch never changes a lesson under way. */
export function LessonPlayer({ lessonId, userId }: { lessonId: string; userId: string }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [round, setRound] = useState(0);
  const lesson = useQuery({ ...lessonQuery(lessonId), gcTime: 0, staleTime: Infinity });
  // Read before the lesson, so that its end can tell which achievements are new.
  const before = useQuery({ ...progressQuery, staleTime: Infinity });

  const reload = async (): Promise<void> => {
    await queryClient.refetchQueries(lessonQuery(lessonId));
    setRound((current) => current + 1);
  };

  if (lesson.isPending) {
    return (
      <main>
        <Loading text={t("lesson.loading")} />
      </main>
    );
  }
  if (lesson.isError) {
    return (
      <main>
        <Failure error={lesson.error} onRetry={() => void lesson.refetch()}>
          <ButtonLink to="/" tone="plain">
            {t("result.to_path")}
          </ButtonLink>
        </Failure>
      </main>
    );
  }
  return (
    <LazyMotion features={loadMotion} strict>
      <MotionConfig reducedMotion="user" transition={{ type: "spring", stiffness: 420, damping: 32 }}>
        <LessonScreen
          key={round}
          lesson={lesson.data}
          userId={userId}
          before={before.data ?? null}
          onReload={() => void reload()}
          onFinished={() => {
            void queryClient.invalidateQueries(modulesQuery);
            void queryClient.invalidateQueries(progressQuery);
          }}
        />
      </MotionConfig>
    </LazyMotion>
  );
}
