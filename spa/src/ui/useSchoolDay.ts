import { useQuery } from "@tanstack/react-query";

import { schoolQuery } from "@/api/queries";

import { dayIn } from "./calendar";

/** Today where the school is: a streak is counted in the school's time zone, wherever the student travels. */
export function useSchoolDay(): string {
  const { data } = useQuery(schoolQuery);
  return dayIn(new Date(), data?.time_zone);
}
