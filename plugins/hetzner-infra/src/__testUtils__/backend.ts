import { http, HttpResponse, type JsonBodyType } from 'msw';

const BASE = '*/api/hetzner-infra';

/** Answers a GET of the backend with a body. */
export const answerGet = (path: string, body: JsonBodyType) =>
  http.get(`${BASE}${path}`, () => HttpResponse.json(body));

/** Answers a POST of the backend with a body. */
export const answerPost = (path: string, body: JsonBodyType, status = 200) =>
  http.post(`${BASE}${path}`, () => HttpResponse.json(body, { status }));

/** Refuses or fails every call of a path as the backend does. */
export const refuse = (
  path: string,
  status: number,
  error: { message: string; correlationId?: string; fields?: object[] },
) =>
  http.all(`${BASE}${path}`, () =>
    HttpResponse.json(
      { error: { name: 'Error', ...error }, response: { statusCode: status } },
      { status },
    ),
  );

/** Events as the backend streams them, in one piece that ends. */
export const answerEvents = (
  path: string,
  events: { seq: number; type: string }[],
) =>
  http.get(
    `${BASE}${path}`,
    () =>
      new HttpResponse(
        events
          .map(
            event =>
              `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(
                event,
              )}\n\n`,
          )
          .join(''),
        { headers: { 'content-type': 'text/event-stream' } },
      ),
  );
