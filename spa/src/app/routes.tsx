import { type ReactNode, Suspense } from "react";
import { Navigate, Route, Routes } from "react-router";

import { useUser } from "@/features/session/context";
import { Loading } from "@/ui/States";

import { homeOf, isGuardian, isStaff, isStudent } from "./home";
import {
  FamilyRoute,
  Inside,
  LessonRoute,
  PathRoute,
  ProgressRoute,
  RegisterRoute,
  SettingsRoute,
  Shell,
  StaffRoute,
} from "./pages";
import { RequireSession } from "./RequireSession";
import { NotFoundRoute } from "./routes/NotFoundRoute";
import { SignInRoute } from "./routes/SignInRoute";

export function AppRoutes() {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/sign-in" element={<SignInRoute />} />
        <Route path="/register" element={<RegisterRoute />} />
        <Route element={<RequireSession />}>
          <Route element={<Inside />}>
            <Route path="/lesson/:lessonId" element={<Only role={isStudent} page={<LessonRoute />} />} />
            <Route element={<Shell />}>
              <Route path="/" element={<Only role={isStudent} page={<PathRoute />} />} />
              <Route path="/progress" element={<Only role={isStudent} page={<ProgressRoute />} />} />
              <Route path="/family" element={<Only role={isGuardian} page={<FamilyRoute />} />} />
              <Route path="/staff" element={<Only role={isStaff} page={<StaffRoute />} />} />
              <Route path="/settings" element={<SettingsRoute />} />
            </Route>
          </Route>
        </Route>
        <Route path="*" element={<NotFoundRoute />} />
      </Routes>
    </Suspense>
  );
}

/** Sends people of other roles to the page that is theirs; the server guards the data, this only guards the view. */
function Only({ role, page }: { role: (user: ReturnType<typeof useUser>) => boolean; page: ReactNode }) {
  const user = useUser();
  return role(user) ? page : <Navigate to={homeOf(user)} replace />;
}
