/**
 * A streamed response whose failure on the way is told to `cut`, which breaks the connection. Left to itself the HTTP
 * adapter would print the failure on the console.
 */
export function cutWhereItFails(response: Response, cut: (error: unknown) => void): Response {
  if (!response.body || !response.headers.has("transfer-encoding")) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        cut(error);
        controller.close();
      }
    },
    cancel: () => reader.cancel(),
  });
  return new Response(body, response);
}
