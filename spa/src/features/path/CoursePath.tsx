import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { modulesQuery, progressQuery } from "@/api/queries";
import type { Course, Module } from "@/api/types";
import { Failure, Loading, Message } from "@/ui/States";

import { ModuleSection } from "./ModuleSection";
import { PathHeader } from "./PathHeader";
import { TodayCard } from "./TodayCard";

export function CoursePath() {
  const { t } = useTranslation();
  const modules = useQuery(modulesQuery);
  const progress = useQuery(progressQuery);

  if (modules.isPending) return <Loading />;
  if (modules.isError) return <Failure error={modules.error} onRetry={() => void modules.refetch()} />;
  if (modules.data.modules.length === 0) {
    return <Message mood="sleeping" title={t("path.empty_title")} text={t("path.empty_text")} />;
  }
  const { courses } = modules.data;
  return (
    <>
      <PathHeader title={courses.length === 1 ? courses[0] : undefined} progress={progress.data} />
      <div className="mx-auto grid max-w-5xl items-start gap-8 px-3 py-5 sm:px-6 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="mx-auto w-full max-w-xl">
          {courses.map((course) => (
            <CourseSection
              key={course.id}
              course={course}
              hasHeading={courses.length > 1}
              modules={modules.data.modules.filter(({ course_id }) => course_id === course.id)}
            />
          ))}
        </div>
        <aside className="sticky top-24 hidden gap-4 xl:grid">
          {progress.data !== undefined && <TodayCard progress={progress.data} />}
        </aside>
      </div>
    </>
  );
}

function CourseSection({ course, modules, hasHeading }: { course: Course; modules: Module[]; hasHeading: boolean }) {
  const { t } = useTranslation();
  const ordered = [...modules].sort((a, b) => a.position - b.position);
  const isAllDone = ordered.every(({ lessons }) => lessons.every(({ state }) => state === "completed"));
  return (
    <section>
      {hasHeading && (
        <h2 lang={course.source_language} className="mt-2 mb-4 text-2xl font-black">
          {course.title}
        </h2>
      )}
      {ordered.map((module, index) => (
        <ModuleSection
          key={module.id}
          module={module}
          lang={course.source_language}
          index={index}
          lessonsBefore={ordered.slice(0, index).reduce((sum, { lessons }) => sum + lessons.length, 0)}
        />
      ))}
      {isAllDone && <Message mood="cheering" title={t("path.all_done")} />}
    </section>
  );
}
