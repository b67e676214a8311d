import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { getSchool } from "./requests";

const MINUTE = 60_000;

export const schoolQuery = queryOptions({
  queryKey: ["school"],
  queryFn: ({ signal }) => getSchool(signal),
  staleTime: Infinity,
  retry: false,
});

export const modulesQuery = queryOptions({
  queryKey: ["modules"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/modules", { signal })),
  staleTime: MINUTE,
});

export const progressQuery = queryOptions({
  queryKey: ["progress"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/user/progress", { signal })),
  staleTime: MINUTE,
});

export const childrenQuery = queryOptions({
  queryKey: ["children"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/children", { signal })),
  staleTime: MINUTE,
});

export const lessonQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ["lesson", lessonId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/lesson/{lesson_id}", { params: { path: { lesson_id: lessonId } }, signal })),
  });
