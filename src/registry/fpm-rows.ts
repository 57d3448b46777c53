import { digestOf } from '../oci/digest.ts';
import type { RecordedImage, RecordedRow } from './recorded.ts';

/** The rows of an image with Apache that one with PHP's process manager does without, besides Apache's own. */
const notItsOwn = /^(?:EXPOSE map\[80\/tcp|STOPSIGNAL SIGWINCH)/;

/**
 * A variant of PHP's image that starts the process manager: with the row that puts its settings in place and those that
 * say what it starts (docker-library/php, 8.x/…/fpm/Dockerfile).
 */
export function withFpm(image: RecordedImage): RecordedImage {
  const kept = image.history.filter(({ instruction }) => !notItsOwn.test(instruction));
  const created = kept.at(-1)?.created ?? image.created;
  const row = (instruction: string, emptyLayer = true): RecordedRow => ({ created, instruction, emptyLayer });
  const settings =
    'RUN set -eux; cd "${PHP_INI_DIR%/php}"; cp -v php-fpm.conf.default php-fpm.conf; cp -v php-fpm.d/www.conf.default php-fpm.d/www.conf; …';
  return {
    ...image,
    cmd: ['php-fpm'],
    exposedPorts: ['9000/tcp'],
    stopSignal: 'SIGQUIT',
    history: [
      ...kept,
      row(settings, false),
      row('STOPSIGNAL SIGQUIT'),
      row('EXPOSE map[9000/tcp:{}]'),
      row('CMD ["php-fpm"]'),
    ],
    layers: [...image.layers, { digest: digestOf('layer of php-fpm'), size: 9_200 }],
  };
}
