export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** Any answer that is not a success. `offline` stands for a request that never got an answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldErrors;
  readonly requestId: string | null;

  constructor(init: { status: number; code: string; message?: string; fields?: FieldErrors; requestId?: string | null }) {
    super(init.message ?? init.code);
    this.name = "ApiError";
    this.status = init.status;
    this.code = init.code;
    this.fields = init.fields ?? {};
    this.requestId = init.requestId ?? null;
  }

  /** The same request may succeed later: nothing about it was judged. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function fieldErrors(value: unknown): FieldErrors {
  const found: Record<string, string[]> = {};
  if (!isRecord(value)) return found;
  // Nested by location ({"json": {...}}) when it comes from request validation.
  const body = isRecord(value.json) ? value.json : value;
  for (const [name, messages] of Object.entries(body)) {
    if (Array.isArray(messages)) found[name] = messages.map(String);
  }
  return found;
}

export function errorFrom(status: number, body: unknown): ApiError {
  if (!isRecord(body) || typeof body.code !== "string") {
    return new ApiError({ status, code: status === 503 ? "unavailable" : "unknown" });
  }
  return new ApiError({
    status,
    code: body.code,
    ...(typeof body.message === "string" ? { message: body.message } : {}),
    fields: fieldErrors(body.fields),
    requestId: typeof body.request_id === "string" ? body.request_id : null,
  });
}

export const offlineError = (): ApiError => new ApiError({ status: 0, code: "offline" });

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError({ status: -1, code: "unknown", message: String(error) });
}
