import { byId } from './dom.js';

/** Larger images are scaled down; the service accepts up to 2048 pixels. */
const MAX_SIDE = 1024;

/** Accepts images that are dropped, pasted, or chosen, in any format that the browser can decode. */
export function acceptImages(accept, reject) {
  const read = async file => {
    try {
      accept(await toCanvas(file));
    } catch {
      reject('The browser cannot read this file as an image. Use a PNG, JPEG, or WebP file.');
    }
  };
  const drop = byId('drop');
  const choose = byId('choose');

  choose.addEventListener('change', () => {
    [...choose.files].forEach(read);
    choose.value = ''; // allows choosing the same file again
  });
  document.addEventListener('paste', event => {
    const file = [...event.clipboardData.files][0];
    if (file) {
      event.preventDefault();
      read(file);
    }
  });
  document.addEventListener('dragover', event => {
    event.preventDefault();
    drop.classList.add('over');
  });
  document.addEventListener('dragleave', event => drop.classList.toggle('over', event.relatedTarget !== null));
  document.addEventListener('drop', event => {
    event.preventDefault();
    drop.classList.remove('over');
    [...event.dataTransfer.files].slice(0, 1).forEach(read);
  });
}

async function toCanvas(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const size = { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) };
  const canvas = Object.assign(document.createElement('canvas'), size);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, size.width, size.height);
  return canvas;
}
