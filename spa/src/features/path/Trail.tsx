import { useTranslation } from "react-i18next";

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
          return (
            <li key={lesson.id} className="absolute inset-x-0" style={{ top: index * ROW_HEIGHT, height: ROW_HEIGHT }}>
              <Roadside index={lessonsBefore + index} land={land} x={stop.x} hasErino={lesson.is_next} />
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

interface RoadsideProps {
  index: number;
  land: Land;
  x: number;
  hasErino: boolean;
}

/** What stands beside one stone: Erino on the wider side if it is the next one, and things that grow there. */
function Roadside({ index, land, x, hasErino }: RoadsideProps) {
  const { t } = useTranslation();
  const isWideLeft = x > 50;
  const pick = (offset: number) => land.scenery[(index + offset) % land.scenery.length] ?? "flower";
  // A little to and fro, so that nothing looks planted by a machine.
  const near = 4 + ((index * 5) % 7);
  return (
    <div aria-hidden={!hasErino} className="pointer-events-none">
      {hasErino ? (
        <div
          className="absolute -top-3 flex w-28 flex-col items-center"
          style={isWideLeft ? { right: `calc(${100 - x}% + 3.6rem)` } : { left: `calc(${x}% + 3.6rem)` }}
        >
          <p className="relative z-10 -mb-1 rounded-full border-2 border-line bg-surface px-3 py-0.5 text-sm font-extrabold whitespace-nowrap">
            {t("path.go")}
          </p>
          <Erino mood="waving" className="w-26" />
        </div>
      ) : (
        index % 3 !== 1 && (
          <Scenery
            thing={pick(0)}
            className="absolute top-10 w-14 sm:w-18"
            style={isWideLeft ? { left: `${near}%` } : { right: `${near}%` }}
          />
        )
      )}
      <Scenery
        thing={pick(2)}
        className="absolute top-24 w-10 opacity-80 max-sm:hidden"
        style={isWideLeft ? { right: `${near / 2 + 2}%` } : { left: `${near / 2 + 2}%` }}
      />
    </div>
  );
}
