import { lazy } from "react";

const register = () => import("./routes/RegisterRoute");
const inside = () => import("./Inside");
const shell = () => import("./Shell");
const path = () => import("./routes/PathRoute");
const lesson = () => import("./routes/LessonRoute");
const progress = () => import("./routes/ProgressRoute");
const settings = () => import("./routes/SettingsRoute");
const family = () => import("./routes/FamilyRoute");
const staff = () => import("./routes/StaffRoute");

export const RegisterRoute = lazy(register);
export const Inside = lazy(inside);
export const Shell = lazy(shell);
export const PathRoute = lazy(path);
export const LessonRoute = lazy(lesson);
export const ProgressRoute = lazy(progress);
export const SettingsRoute = lazy(settings);
export const FamilyRoute = lazy(family);
export const StaffRoute = lazy(staff);

/** Fetches a student's pages ahead, so that they still open when the line breaks on the school bus. */
export function warmUp(): void {
  for (const page of [path, lesson, progress, settings]) page().catch(() => undefined);
}
