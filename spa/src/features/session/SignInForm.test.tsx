import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { MemoryRouter } from "react-router";
import { describe, expect, it } from "vitest";

import type { Credentials, Session, User } from "@/api/types";
import { server } from "@/test/server";

import { SessionProvider } from "./SessionProvider";
import { SignInForm } from "./SignInForm";

const mila: User = { id: "1", user_name: "mila", display_name: "Mila Fox", roles: ["student"], locale: "en" };
const session: Session = {
  user: mila,
  school: { slug: "demo", name: "Riverside School", locale: "en", time_zone: "Europe/Berlin" },
  access_token: null,
  refresh_token: null,
  access_expires_at: "2026-11-23T12:00:00Z",
};

function open() {
  const entered: User[] = [];
  const sent: Credentials[] = [];
  server.use(
    http.post("/api/v1/auth/login", async ({ request }) => {
      const body = (await request.json()) as Credentials;
      sent.push(body);
      if (body.password === "three green owls") return HttpResponse.json(session);
      return HttpResponse.json({ code: "bad_credentials", message: "No", request_id: "r1" }, { status: 401 });
    }),
  );
  render(
    <MemoryRouter>
      <SessionProvider>
        <SignInForm wasExpired={false} onDone={(user) => entered.push(user)} />
      </SessionProvider>
    </MemoryRouter>,
  );
  return { user: userEvent.setup(), entered, sent };
}

describe("signing in", () => {
  it("asks for a cookie session and enters", async () => {
    const { user, entered, sent } = open();
    expect(await screen.findByText("Riverside School")).toBeInTheDocument();
    await user.type(screen.getByLabelText("User name"), " Mila ");
    await user.type(screen.getByLabelText("Password"), "three green owls{Enter}");
    await expect.poll(() => entered).toEqual([mila]);
    expect(sent).toEqual([{ user_name: "mila", password: "three green owls", session: "cookie" }]);
  });

  it("says kindly what does not match, and sends nothing that is empty", async () => {
    const { user, entered, sent } = open();
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(screen.getByLabelText("User name")).toHaveAccessibleDescription("This is still empty.");
    expect(sent).toEqual([]);
    await user.type(screen.getByLabelText("User name"), "mila");
    await user.type(screen.getByLabelText("Password"), "three red owls{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("do not match");
    expect(entered).toEqual([]);
  });
});
