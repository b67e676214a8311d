import { Navigate, Outlet, useLocation } from "react-router";

import { useSession } from "@/features/session/context";
import { Failure, Loading } from "@/ui/States";

export function RequireSession() {
  const { state, restore } = useSession();
  const location = useLocation();
  switch (state.status) {
    case "starting":
      return <Loading />;
    case "unreachable":
      return (
        <main>
          <Failure error={state.error} onRetry={restore} />
        </main>
      );
    case "signed_out":
      return <Navigate to="/sign-in" replace state={{ from: location.pathname, wasExpired: state.wasExpired }} />;
    case "signed_in":
      return <Outlet />;
  }
}
