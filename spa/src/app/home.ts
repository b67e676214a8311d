import type { User } from "@/api/types";

export const DASHBOARD = "/dashboard/";

export const isStudent = (user: User): boolean => user.roles.includes("student");
export const isGuardian = (user: User): boolean => user.roles.includes("guardian");
export const isStaff = (user: User): boolean => user.roles.includes("teacher") || user.roles.includes("admin");

/** Where a person lands inside this client. */
export function homeOf(user: User): string {
  if (isStudent(user)) return "/";
  if (isStaff(user)) return "/staff";
  return isGuardian(user) ? "/family" : "/settings";
}

/** Someone who only teaches or administers works in the dashboard, which is not part of this client. */
export const belongsToDashboard = (user: User): boolean => isStaff(user) && !isStudent(user);
