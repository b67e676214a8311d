import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { ApiError } from "@/api/errors";
import { modulesQuery, progressQuery } from "@/api/queries";
import { postAnswer } from "@/api/requests";

import { dropUnsent, listUnsent } from "./unsent";

/** Sends what a lesson left behind when the line broke; on every visit and whenever the line comes back. */
export function useSendUnsent(userId: string | null): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (userId === null) return;
    const sendAll = async (): Promise<void> => {
      let hasSent = false;
      for (const { lessonId, attempt } of listUnsent(userId)) {
        try {
          await postAnswer(lessonId, attempt);
          hasSent = true;
        } catch (error) {
          if (error instanceof ApiError && (error.isTransient || error.status === 401)) return;
        }
        dropUnsent(userId, lessonId, attempt.attempt_id);
      }
      if (!hasSent) return;
      void queryClient.invalidateQueries(modulesQuery);
      void queryClient.invalidateQueries(progressQuery);
    };
    const onOnline = (): void => void sendAll();
    onOnline();
    addEventListener("online", onOnline);
    return () => removeEventListener("online", onOnline);
  }, [userId, queryClient]);
}
