import { send } from './client';

/** Is told how many bytes have gone, and how many there are. */
export type OnSent = (sent: number, all: number) => void;

/**
 * Sends a form with files in the place of a request's body, for the `fetch` of one call. The browser reads the files while it
 * sends them and tells how far it is; a request of `fetch` tells nothing, and its copy for a second try would hold them in memory.
 */
export function uploaded(form: FormData, onSent: OnSent): (request: Request) => Promise<Response> {
  return (request) => send(request, (authorized) => transfer(authorized, form, onSent));
}

function transfer(request: Request, form: FormData, onSent: OnSent): Promise<Response> {
  return new Promise((resolve, reject) => {
    const exchange = new XMLHttpRequest();
    exchange.open(request.method, request.url);
    for (const [name, value] of request.headers) exchange.setRequestHeader(name, value);
    exchange.upload.onprogress = ({ loaded, total }) => onSent(loaded, total);
    exchange.onload = () => {
      const headers = { 'Content-Type': exchange.getResponseHeader('Content-Type') ?? '' };
      resolve(new Response(exchange.responseText, { status: exchange.status, headers }));
    };
    exchange.onerror = () => reject(new TypeError('the server did not answer'));
    exchange.onabort = () => reject(new DOMException('the upload was cancelled', 'AbortError'));
    request.signal.addEventListener('abort', () => exchange.abort());
    exchange.send(form);
  });
}
