// The peer of fan-out: a server that does nothing but write one frame, encoded beforehand, to every
// socket when it is told to. What it costs is what sockets cost.
import { createServer, type ServerResponse } from "node:http";

const [event = ""] = process.argv.slice(2);
const bytes = Buffer.from(event);
const chunk = Buffer.concat([
  Buffer.from(`${bytes.length.toString(16)}\r\n`),
  bytes,
  Buffer.from("\r\n"),
]);
const open = new Set<ServerResponse>();

const server = createServer((request, response) => {
  if (request.url === "/flip") {
    for (const { socket } of open) socket?.write(chunk);
    response.end();
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write("event: put\ndata: {}\n\n");
  open.add(response);
  response.once("close", () => open.delete(response));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" && address !== null ? address.port : 0);
});
