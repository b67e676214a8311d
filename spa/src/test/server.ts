import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

import type { School } from "@/api/types";

const school: School = { slug: "demo", name: "Riverside School", locale: "en", time_zone: "Europe/Berlin" };

/** Answers what every page asks; each test adds what it is about. */
export const server = setupServer(http.get("/api/v1/school", () => HttpResponse.json(school)));
