import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { MemoryRouter } from "react-router";
import { describe, expect, it } from "vitest";

import type { Attempt } from "@/api/types";
import { choice, lessonOf, question, resultOf, spoken, teach } from "@/test/lessons";
import { server } from "@/test/server";

import { LessonPlayer } from "./LessonPlayer";
import { loadUnsent, saveUnsent } from "./unsent";

function open() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <LessonPlayer lessonId="l1" userId="mila" />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const continueButton = () => screen.findByRole("button", { name: "Continue" });
const chosen = (attempt: Attempt): string | undefined => attempt.answer?.choice;

describe("a lesson by keyboard", () => {
  it("asks what was missed again at the end and finishes", async () => {
    const { attempts, handlers } = teach(lessonOf([choice("q1", "cat", "кошка", "собака"), choice("q2", "dog", "собака", "кошка")]), (attempt) =>
      attempt.question_id === "q1" ? chosen(attempt) === "кошка" : true,
    );
    server.use(...handlers);
    const user = open();

    await screen.findByText("cat");
    await user.keyboard("2{Enter}");
    expect(await screen.findByRole("heading", { name: "Not yet" })).toBeInTheDocument();
    expect(await continueButton()).toHaveFocus();
    await user.keyboard("{Enter}");

    await screen.findByText("dog");
    await user.keyboard("1{Enter}");
    await continueButton();
    await user.keyboard("{Enter}");

    await screen.findByText("cat");
    expect(screen.getByText("Once more")).toBeInTheDocument();
    await user.keyboard("1{Enter}");
    await continueButton();
    await user.keyboard("{Enter}");

    expect(await screen.findByRole("heading", { name: "Lesson finished!" })).toBeInTheDocument();
    expect(attempts.map(chosen)).toEqual(["собака", "собака", "кошка"]);
    expect(new Set(attempts.map(({ attempt_id }) => attempt_id)).size).toBe(3);
  });

  it("builds a sentence with digits, takes back with Backspace and keeps the bank in place", async () => {
    const bank = ["am", "student", "I", "a"];
    const fields = { prompt: "Я ученик.", prompt_language: "ru", answer_language: "en", bank };
    const { attempts, handlers } = teach(lessonOf([question("q1", "word_bank", fields)]), () => true);
    server.use(...handlers);
    const user = open();

    await screen.findByText("Я ученик.");
    const words = () => within(screen.getByRole("group", { name: "Words to choose from" })).getAllByRole("button");
    await user.keyboard("31");
    await user.keyboard("2{Backspace}");
    await user.keyboard("42{Enter}");
    await continueButton();
    expect(attempts[0]?.answer).toEqual({ text: "I am a student" });
    expect(words().map((word) => word.querySelector("[lang=en]")?.textContent)).toEqual(bank);
  });

  it("matches pairs with digits", async () => {
    const left = ["cat", "dog"].map((text) => ({ text, audio: null }));
    const fields = { left, right: ["собака", "кошка"], left_is_audio: false };
    const { attempts, handlers } = teach(lessonOf([question("q1", "match_pairs", fields)]), () => true);
    server.use(...handlers);
    const user = open();

    await screen.findByText("cat");
    await user.keyboard("13{Backspace}");
    await user.keyboard("1423{Enter}");
    await continueButton();
    expect(attempts[0]?.answer).toEqual({ pairs: [["cat", "кошка"], ["dog", "собака"]] });
  });
});

describe("a broken line", () => {
  it("sends the same attempt again until it is acknowledged", async () => {
    const { attempts, handlers } = teach(lessonOf([choice("q1", "cat", "кошка", "собака")]), () => true);
    const tries: string[] = [];
    server.use(
      http.post("/api/v1/lesson/l1/answer", async ({ request }) => {
        const attempt = (await request.clone().json()) as Attempt;
        tries.push(attempt.attempt_id);
        expect(loadUnsent("mila", "l1")?.attempt_id).toBe(attempt.attempt_id);
        return tries.length === 1 ? new HttpResponse(null, { status: 503 }) : undefined;
      }),
      ...handlers,
    );
    const user = open();

    await screen.findByText("cat");
    await user.keyboard("1{Enter}");
    expect(await screen.findByText(/Your answer is kept/)).toBeInTheDocument();
    await waitFor(() => expect(attempts).toHaveLength(1), { timeout: 4_000 });
    await continueButton();
    expect(new Set(tries).size).toBe(1);
    expect(loadUnsent("mila", "l1")).toBeNull();
  });

  it("sends what an earlier visit could not, and shows its verdict", async () => {
    const kept: Attempt = {
      attempt_id: "kept",
      question_id: "q2",
      question_version: 1,
      answer: { choice: "собака" },
      skipped: false,
      elapsed_ms: 900,
    };
    saveUnsent("mila", "l1", kept);
    const { attempts, handlers } = teach(lessonOf([choice("q1", "cat", "кошка"), choice("q2", "dog", "собака")]), () => true);
    server.use(...handlers);
    open();

    await continueButton();
    expect(attempts).toEqual([kept]);
    expect(screen.getByText("dog")).toBeInTheDocument();
    expect(loadUnsent("mila", "l1")).toBeNull();
  });

  it("offers to load the lesson again when the answer is refused", async () => {
    const { handlers } = teach(lessonOf([choice("q1", "cat", "кошка")]), () => true);
    const body = { code: "attempt_conflict", message: "Other body", request_id: "r1" };
    server.use(http.post("/api/v1/lesson/l1/answer", () => HttpResponse.json(body, { status: 409 })), ...handlers);
    const user = open();

    await screen.findByText("cat");
    await user.keyboard("1{Enter}");
    await user.click(await screen.findByRole("button", { name: "Load the lesson again" }));
    expect(await screen.findByText("cat")).toBeInTheDocument();
    expect(loadUnsent("mila", "l1")).toBeNull();
  });
});

describe("listening", () => {
  const options = [{ choice: "ship" }, { choice: "sheep" }];

  it("is left out for this run without a verdict and without loss", async () => {
    const { attempts, handlers } = teach(
      lessonOf([
        question("q1", "minimal_pair", { options, audio: spoken() }),
        question("q2", "dictation", { audio: spoken() }),
        choice("q3", "cat", "кошка"),
      ]),
      () => true,
    );
    server.use(...handlers);
    const user = open();

    await user.click(await screen.findByRole("button", { name: "Can’t listen now" }));
    await screen.findByText("cat");
    expect(attempts.map(({ question_id, skipped, answer }) => [question_id, skipped, answer])).toEqual([
      ["q1", true, null],
      ["q2", true, null],
    ]);
  });

  it("waits calmly for a voice that is being recorded and starts when it is there", async () => {
    const pending = lessonOf([question("q1", "minimal_pair", { options, audio: spoken("pending") })]);
    const ready = lessonOf([question("q1", "minimal_pair", { options, audio: spoken() })]);
    const { handlers } = teach(pending, () => true);
    let asked = 0;
    server.use(
      http.get("/api/v1/lesson/l1", () => HttpResponse.json((asked += 1) > 1 ? ready : pending)),
      ...handlers,
    );
    open();

    expect(await screen.findByText(/still being recorded/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Skip this one" })).toBeEnabled();
    expect(await screen.findByRole("button", { name: "Play" }, { timeout: 4_000 })).toBeInTheDocument();
  });
});

describe("a verdict", () => {
  it("shows the slips in the words themselves, by sign and name", async () => {
    const fields = { prompt: "Мой друг.", prompt_language: "ru", answer_language: "en" };
    const { handlers } = teach(lessonOf([question("q1", "translate", fields)]), () => true);
    server.use(
      http.post("/api/v1/lesson/l1/answer", async ({ request }) =>
        HttpResponse.json(
          resultOf((await request.json()) as Attempt, {
            verdict: "typo",
            diff: [
              { kind: "equal", expected: "My", given: "My" },
              { kind: "typo", expected: "friend", given: "frend" },
            ],
            solution: "My friend.",
            note: "Remember the i.",
          }),
        ),
      ),
      ...handlers,
    );
    const user = open();

    await user.type(await screen.findByRole("textbox", { name: "Your answer" }), "My frend{Enter}");
    expect(await screen.findByText("frend: typo, correct is friend")).toBeInTheDocument();
    expect(screen.getByText("My friend.")).toBeInTheDocument();
    expect(screen.getByText("Remember the i.")).toBeInTheDocument();
    expect(screen.getByRole("textbox", { name: "Your answer" })).toHaveAttribute("lang", "en");
  });
});
