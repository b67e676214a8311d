import { useTranslation } from "react-i18next";

import { asApiError } from "@/api/errors";

const TRANSLATED = [
  "bad_credentials",
  "token_expired",
  "token_invalid",
  "csrf_failed",
  "class_code_unknown",
  "user_name_taken",
  "lesson_locked",
  "not_found",
  "attempt_conflict",
  "invalid_input",
  "answer_does_not_fit",
  "school_required",
  "school_unknown",
  "unavailable",
  "offline",
  "too_many_requests",
] as const;

export interface ErrorWords {
  message: string;
  /** What a teacher can quote to the operator; only for errors nobody expected. */
  reference: string | null;
}

export function useErrorWords(): (error: unknown) => ErrorWords {
  const { t } = useTranslation();
  return (thrown) => {
    const error = asApiError(thrown);
    const code = error.status === 429 ? "too_many_requests" : error.code;
    const known = TRANSLATED.find((candidate) => candidate === code);
    if (known !== undefined) return { message: t(`error.${known}`), reference: null };
    const reference = error.requestId === null ? null : t("error.reference", { id: error.requestId });
    return { message: t("error.unknown"), reference };
  };
}
