import type { paths } from "./schema";

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : never;
type Get<P extends keyof paths> = paths[P] extends { get: { responses: { 200: infer R } } } ? Json<R> : never;
type Body<T> = T extends { requestBody: infer R } ? Json<R> : never;

export type School = Get<"/api/v1/school">;
export type User = Get<"/api/v1/user">;
export type Modules = Get<"/api/v1/modules">;
export type Course = Modules["courses"][number];
export type Module = Modules["modules"][number];
export type LessonSummary = Module["lessons"][number];
export type Lesson = Get<"/api/v1/lesson/{lesson_id}">;
export type ApiQuestion = Lesson["questions"][number];
export type Progress = Get<"/api/v1/user/progress">;
export type Children = Get<"/api/v1/children">;
export type Child = Children["children"][number];
export type Attempt = Body<paths["/api/v1/lesson/{lesson_id}/answer"]["post"]>;
export type Result = Json<paths["/api/v1/lesson/{lesson_id}/answer"]["post"]["responses"][200]>;
export type Registration = Body<paths["/api/v1/auth/register"]["post"]>;
export type Credentials = Body<paths["/api/v1/auth/login"]["post"]>;
export type UserChange = Body<paths["/api/v1/user"]["patch"]>;
export type Session = Json<paths["/api/v1/auth/login"]["post"]["responses"][200]>;
