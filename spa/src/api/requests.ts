import { api, unwrap } from "./client";
import type { Attempt, Credentials, Registration, Result, School, Session, User, UserChange } from "./types";

export const getSchool = (signal?: AbortSignal): Promise<School> =>
  unwrap(api.GET("/api/v1/school", { ...(signal === undefined ? {} : { signal }) }));

export const getUser = (): Promise<User> => unwrap(api.GET("/api/v1/user"));

export const changeUser = (body: UserChange): Promise<User> => unwrap(api.PATCH("/api/v1/user", { body }));

export const signIn = (body: Credentials): Promise<Session> => unwrap(api.POST("/api/v1/auth/login", { body }));

export const register = (body: Registration): Promise<Session> => unwrap(api.POST("/api/v1/auth/register", { body }));

export const signOut = async (): Promise<void> => {
  await unwrap(api.POST("/api/v1/auth/logout"));
};

export const postAnswer = (lessonId: string, body: Attempt): Promise<Result> =>
  unwrap(api.POST("/api/v1/lesson/{lesson_id}/answer", { params: { path: { lesson_id: lessonId } }, body }));
