import type { LessonSummary } from "@/api/types";
import { Erino } from "@/ui/mascot/Erino";

import type { Land } from "./land";
import { ROW_HEIGHT, stopsOf, trailThrough } from "./layout";
import { LessonStone } from "./LessonStone";
import { Scenery } from "./Scenery";

interface TrailProps {
  lessons: readonly LessonSummary[];
  land: Land;
  lang: string;
  lessonsBefore: number;
}

/** The stones of one module on their winding trail, with Erino beside the one that comes next. */
export function Trail({ lessons, land, lang, lessonsBefore }: TrailProps) {
  const ordered = [...lessons].sort((a, b) => a.position - b.position);
  const stops = stopsOf(ordered.length, lessonsBefore);
  const height = ordered.length * ROW_HEIGHT + 16;
  return (
    <div className="relative pt-3" style={{ height }}>
      <svg
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full"
        aria-hidden
      >
        <path
          d={trailThrough(stops, height)}
          fill="none"
          strokeWidth="12"
          strokeLinecap="round"
          strokeDasharray="1 24"
          vectorEffect="non-scaling-stroke"
          style={{ stroke: `color-mix(in oklab, ${land.banner} 50%, var(--page))` }}
        />
      </svg>
      <ol>
        {ordered.map((lesson, index) => {
          const stop = stops[index];
          if (stop === undefined) return null;
          const isLeaningRight = stop.x > 50;
          return (
            <li key={lesson.id} className="absolute inset-x-0" style={{ top: index * ROW_HEIGHT, height: ROW_HEIGHT }}>
              <Beside isLeft={isLeaningRight} isClose={lesson.is_next}>
                {lesson.is_next ? (
                  <Erino mood="waving" className="w-24 sm:w-28" />
                ) : index % 2 === 0 ? (
                  <Scenery thing={land.scenery[(lessonsBefore + index) % land.scenery.length] ?? "flower"} className="w-14 sm:w-18" />
                ) : null}
              </Beside>
              <div className="absolute top-2 w-44 -translate-x-1/2" style={{ left: `${stop.x}%` }}>
                <LessonStone lesson={lesson} land={land} lang={lang} />
              </div>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Beside({ isLeft, isClose, children }: { isLeft: boolean; isClose: boolean; children: React.ReactNode }) {
  const distance = isClose ? "8%" : "7%";
  return (
    <div
      className={isClose ? "pointer-events-none absolute top-0" : "pointer-events-none absolute top-10 opacity-90"}
      style={isLeft ? { left: distance } : { right: distance }}
    >
      {children}
    </div>
  );
}
