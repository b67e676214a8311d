import { House, LayoutDashboard, type LucideIcon, Map as MapIcon, Settings, Trophy, WifiOff } from "lucide-react";
import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";

import { useSendUnsent } from "@/features/lesson/useSendUnsent";
import { useUser } from "@/features/session/context";
import { cx } from "@/ui/cx";
import { LogoMark } from "@/ui/Marks";
import { Loading } from "@/ui/States";

import { Crash } from "./Crash";
import { DASHBOARD, isGuardian, isStaff, isStudent } from "./home";
import { warmUp } from "./pages";
import { useOnline } from "./useOnline";

interface Place {
  to: string;
  label: string;
  Icon: LucideIcon;
  isOutside?: boolean;
}

function usePlaces(): Place[] {
  const { t } = useTranslation();
  const user = useUser();
  const places: Place[] = [];
  if (isStudent(user)) {
    places.push({ to: "/", label: t("app.path"), Icon: MapIcon });
    places.push({ to: "/progress", label: t("app.progress"), Icon: Trophy });
  }
  if (isGuardian(user)) places.push({ to: "/family", label: t("app.family"), Icon: House });
  if (isStaff(user)) places.push({ to: DASHBOARD, label: t("app.dashboard"), Icon: LayoutDashboard, isOutside: true });
  places.push({ to: "/settings", label: t("app.settings"), Icon: Settings });
  return places;
}

export default function Shell() {
  const { t } = useTranslation();
  const user = useUser();
  const isOnline = useOnline();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const previous = useRef(pathname);
  const isLearning = isStudent(user);
  useSendUnsent(isLearning ? user.id : null);

  useEffect(() => {
    if (!isLearning) return;
    const timer = setTimeout(warmUp, 1_500);
    return () => clearTimeout(timer);
  }, [isLearning]);

  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className="min-h-dvh lg:pl-60">
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-primary px-4 py-3 font-bold text-on-primary focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("app.skip_to_content")}
      </a>
      <Navigation />
      {!isOnline && (
        <p
          role="status"
          className="fixed inset-x-0 bottom-[calc(4.75rem+env(safe-area-inset-bottom))] z-30 flex items-center justify-center gap-2 bg-calm px-4 py-2 text-sm font-bold text-calm-ink lg:bottom-0 lg:left-60"
        >
          <WifiOff className="size-4 shrink-0" aria-hidden />
          {t("app.offline_bar")}
        </p>
      )}
      <main ref={main} id="content" tabIndex={-1} className="pb-28 outline-none lg:pb-10">
        <Crash key={pathname}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Crash>
      </main>
    </div>
  );
}

function Navigation() {
  const { t } = useTranslation();
  const places = usePlaces();
  return (
    <nav
      aria-label={t("app.main_navigation")}
      className={cx(
        "fixed inset-x-0 bottom-0 z-30 border-t-2 border-line bg-surface px-2 pb-[env(safe-area-inset-bottom)]",
        "lg:inset-y-0 lg:right-auto lg:w-60 lg:border-t-0 lg:border-r-2 lg:px-4 lg:py-6",
      )}
    >
      <p className="mb-8 hidden items-center gap-2.5 px-2 text-2xl font-black tracking-tight lg:flex">
        <LogoMark className="size-10" />
        Lernejo
      </p>
      <ul className="mx-auto flex max-w-md justify-around gap-1 lg:flex-col lg:gap-2">
        {places.map((place) => (
          <li key={place.to} className="flex-1 lg:flex-none">
            <PlaceLink {...place} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PlaceLink({ to, label, Icon, isOutside = false }: Place) {
  const look = (isHere: boolean): string =>
    cx(
      "my-1.5 flex min-h-14 flex-col items-center justify-center gap-0.5 rounded-2xl px-2 text-[0.8rem] font-extrabold transition-colors",
      "lg:my-0 lg:min-h-12 lg:flex-row lg:justify-start lg:gap-3 lg:px-4 lg:text-base",
      isHere ? "bg-primary-soft text-accent" : "text-muted hover:bg-sunken hover:text-text",
    );
  const inside = (
    <>
      <Icon className="size-6" strokeWidth={2.4} aria-hidden />
      {label}
    </>
  );
  if (isOutside) {
    return (
      <a href={to} className={look(false)}>
        {inside}
      </a>
    );
  }
  return (
    <NavLink to={to} end className={({ isActive }) => look(isActive)}>
      {inside}
    </NavLink>
  );
}
