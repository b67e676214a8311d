import { starPath } from "@/ui/mascot/quills";

/** Hills along the foot of the page, and a few stars above them. */
export function Meadow() {
  return (
    <div className="pointer-events-none absolute inset-0" aria-hidden>
      <svg
        viewBox="0 0 1440 420"
        preserveAspectRatio="xMidYMax slice"
        className="absolute inset-x-0 bottom-0 h-[46%] w-full"
      >
        <path d="M0 210C220 70 420 60 680 180S1180 300 1440 120V420H0Z" fill="var(--hill-far)" />
        <path d="M0 330C260 210 520 230 780 310S1240 350 1440 250V420H0Z" fill="var(--hill-near)" />
        <path
          d="M420 420C470 350 690 360 640 290S470 250 560 190"
          fill="none"
          stroke="var(--page)"
          strokeWidth="10"
          strokeLinecap="round"
          strokeDasharray="2 26"
        />
        <g fill="var(--color-leaf)" opacity="0.55">
          <path d="M150 292c-3-22-10-28-14-30c8 0 14 6 17 16c2-14 8-22 16-26c-6 10-9 22-8 40z" />
          <path d="M1130 330c-3-22-10-28-14-30c8 0 14 6 17 16c2-14 8-22 16-26c-6 10-9 22-8 40z" />
        </g>
      </svg>
      <svg viewBox="0 0 1440 300" preserveAspectRatio="xMidYMin slice" className="absolute inset-x-0 top-0 h-64 w-full">
        <g opacity="0.8">
          <path className="anim-twinkle" d={starPath(190, 150, 12)} fill="var(--color-sun)" />
          <path className="anim-twinkle" d={starPath(640, 60, 8)} fill="var(--color-coral)" />
          <path className="anim-twinkle" d={starPath(980, 120, 9)} fill="var(--color-sky)" />
          <path className="anim-twinkle" d={starPath(1290, 190, 12)} fill="var(--color-lilac)" />
        </g>
      </svg>
    </div>
  );
}
