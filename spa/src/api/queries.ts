import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { Attempt, Credentials, Registration, Result, Session, User, UserChange } from "./types";

const MINUTE = 60_000;

export const schoolQuery = queryOptions({
  queryKey: ["school"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/school", { signal })),
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

export const getUser = (): Promise<User> => unwrap(api.GET("/api/v1/user"));

export const changeUser = (body: UserChange): Promise<User> => unwrap(api.PATCH("/api/v1/user", { body }));

export const signIn = (body: Credentials): Promise<Session> => unwrap(api.POST("/api/v1/auth/login", { body }));

export const register = (body: Registration): Promise<Session> => unwrap(api.POST("/api/v1/auth/register", { body }));

export const signOut = async (): Promise<void> => {
  await unwrap(api.POST("/api/v1/auth/logout"));
};

export const postAnswer = (lessonId: string, body: Attempt): Promise<Result> =>
  unwrap(api.POST("/api/v1/lesson/{lesson_id}/answer", { params: { path: { lesson_id: lessonId } }, body }));
