import type { ServerResponse } from 'node:http';

/**
 * Has something done when a client leaves while it waits for an answer that takes its time: when it closes its connection,
 * or ends its side of it, which look alike until something is sent.
 *
 * @param left is called once at most
 * @returns takes it back
 */
export function onLeave(response: ServerResponse, left: () => void): () => void {
  const { socket } = response.req;
  const leave = () => {
    stay();
    left();
    // Its connection would stay open on our side.
    response.destroy();
  };
  const stay = () => {
    response.off('close', leave);
    socket.off('end', leave);
  };
  response.on('close', leave);
  socket.on('end', leave);
  return stay;
}
