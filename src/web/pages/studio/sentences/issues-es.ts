import type { CountingUnit } from '../../../../model/caption.ts';
import {
  excess,
  type IssueFacts,
  type IssueSentences,
  isTooLow,
  isTooNarrow,
  megabytes,
  span,
} from '../../../../report/issue-sentences.ts';
import { many } from './plural-es.ts';
import { programText } from './program-text-es.ts';

/** Sentences of issues in Spanish. What can be done on the page is named as its buttons are. */
export const issuesInSpanish: IssueSentences = {
  // Leer la exportación
  'row-unreadable': ({ actual }) => `No se entendió y se omite: ${programText(actual)}.`,
  'rows-unreadable': ({ actual }) =>
    many(
      actual,
      'Una fila más de la exportación no se entendió y se omite.',
      `${actual} filas más de la exportación no se entendieron y se omiten.`,
    ),
  'link-unreadable': ({ actual }) => `No es una dirección, así que no se abrió: ${programText(actual)}.`,
  'visibility-unread': ({ actual, limit }) =>
    `No está claro quién podía ver ${many(limit || 1, 'una publicación', `${limit} publicaciones`)}: ${programText(actual)}. Lo que quizá no sea público queda retenido, salvo que en las opciones incluyas las privadas y las de solo amigos.`,
  'mixed-post': ({ actual }) =>
    `Se omite ${programText(actual)}: una publicación es un video o son fotos, no ambas cosas. Publícalo a mano.`,
  'disclosure-unread': ({ actual }) =>
    `La exportación dice “${actual}” de esta publicación: revisa si hay que declararla como pagada o hecha con IA.`,
  'stories-left': ({ actual }) =>
    `Se omite ${programText(actual)}: aquí se preparan publicaciones, no historias. Guarda las tuyas en la aplicación si las quieres conservar.`,
  'other-app': ({ actual, limit }) =>
    `Se dejó como está, porque es de otra aplicación (${limit}): ${programText(actual)}.`,
  'entry-skipped': ({ actual, limit }) => `No se tomó de ${limit || 'la exportación'}: ${programText(actual)}`,

  // Elegir
  visibility: ({ actual, limit }) =>
    limit === ''
      ? `Retenida, porque no todos podían verla (${audiences(actual)}). Si puede ser pública, elige “Incluir esta publicación”.`
      : `Retenida: la exportación ${
          actual === '' ? 'no dice quién podía verla' : `dice “${actual}” sobre quién podía verla, y no se sabe qué es`
        }. Si puede ser pública, elige “Incluir esta publicación”.`,
  included: ({ actual }) => `La incluiste tú el ${actual}, aunque no todos podían verla.`,
  'visibility-unknown': () =>
    'La exportación no dice quién podía ver esta publicación: asegúrate de que puede ser pública.',
  'not-selected': () => 'No se eligió esta vez.',
  'target-left-out': ({ actual }) =>
    `Retenida aquí, porque sus plataformas en captions.csv son: ${actual === 'none' ? 'ninguna' : actual}. Para publicarla aquí también, elige “Incluir esta publicación”.`,
  'targets-unread': ({ actual, limit }) =>
    `Retenida, porque no se entiende “${actual}”, sus plataformas en captions.csv. ${programText(limit)} Hasta que corrijas o vacíes la celda, no va a ninguna parte.`,
  'targets-unknown': ({ actual, limit }) =>
    `“${actual}”, en captions.csv, no es una plataforma. ${programText(limit)} Sus otras plataformas sí cuentan.`,
  interrupted: () => 'Se interrumpió antes de llegar a esta publicación. La próxima vez continúa desde aquí.',

  // Encontrar el original
  'no-original': () =>
    'Su video o sus fotos no están en la exportación ni se pueden obtener con un enlace. Agrega tu propia copia, con la fecha y hora de la publicación como nombre.',
  'photo-missing': ({ actual, limit }) => `Falta la foto ${actual} de ${limit}; las demás están.`,
  'no-link': ({ actual }) =>
    actual === 'file-unusable'
      ? 'La exportación no tiene un enlace para obtener otra copia. Agrega la tuya.'
      : 'La exportación no tiene un enlace a su video o sus fotos, y tampoco hay archivos junto a ella.',
  'link-expired': ({ actual, day }) =>
    `Su enlace caducó el ${day(actual)}. Pide a TikTok una nueva exportación y suéltala aquí en pocos días.`,
  'link-refused': ({ actual }) =>
    `El servidor no lo entregó (${programText(actual)}). Pide a TikTok una nueva exportación.`,
  'link-private': ({ actual }) =>
    `Su enlace no lleva a internet pública (${actual}), así que no se abrió. Si confías en él, inicia el estudio con --allow-host.`,
  'link-not-media': ({ actual }) => `Su enlace llevó a ${programText(actual)}, no a un video o una foto.`,
  'link-failed': ({ actual }) => `Su descarga falló (${programText(actual)}). Inténtalo otra vez para continuar.`,
  'proxy-failed': ({ actual }) =>
    `Su descarga falló en tu proxy (${programText(actual)}). port doctor muestra cuál se usa.`,
  offline: ({ actual }) =>
    actual === 'file-unusable'
      ? 'No se abrió su enlace, porque el estudio se inició con --offline; sin --offline quizá haya una copia mejor.'
      : 'Habría que descargarlo, y el estudio se inició con --offline.',
  'several-files-fit': ({ actual, limit }) =>
    limit === ''
      ? `${programText(actual)} corresponden a esta publicación y se llaman igual, así que no se tomó ninguno. Deja allí el correcto y mueve los demás.`
      : `${programText(actual)} corresponden a esta publicación, así que no se tomó ninguno. Elige el correcto, o nómbralo ${limit}.`,
  'several-posts-fit': ({ actual, limit }) =>
    `Un archivo corresponde a esta publicación, pero a ${actual} publicaciones en total, así que no se tomó. Si es de esta, nómbralo ${limit}.`,
  'recorded-after': ({ actual, limit }) =>
    `${actual} se grabó ${span(limit)} después de publicarse, así que no es su original. Si lo es, nómbralo con la fecha y hora de la publicación.`,
  'original-changed': ({ actual }) =>
    `${actual} se modificó después de leerlo por primera vez, quizá a través del archivo de una carpeta, que puede ser el mismo en el disco. Si no fue a propósito, borra ambos y prepárala otra vez mientras el enlace siga activo.`,
  'media-shifted': ({ actual, limit }) =>
    `No se ${many(limit, 'tomó 1 archivo tuyo', `tomaron ${limit} archivos tuyos`)}: las horas de sus nombres difieren en ${span(actual)}. Si son horas locales, inicia el estudio con --media-shift ${actual}.`,
  'media-unclear': ({ actual, limit }) =>
    `No se ${many(actual, 'tomó 1 archivo tuyo', `tomaron ${actual} archivos tuyos`)} (${limit}): las horas de sus nombres corresponden a varias publicaciones, según la zona horaria. Si son UTC, inicia el estudio con --media-shift 0; si no, con los segundos que hay que sumar. O nombra cada archivo con la fecha y hora de su publicación.`,
  watermark: ({ actual }) =>
    `Su archivo parece tener la marca de agua de TikTok (${actual}); las plataformas muestran menos esas publicaciones.`,
  'link-insecure': ({ actual }) =>
    `Su enlace no es https (${actual}), así que no se abrió. Si confías en él, inicia el estudio con --allow-host.`,
  'link-login': ({ actual }) => `Su enlace solo funciona con la sesión de TikTok iniciada (${actual}).`,
  'page-failed': ({ actual }) => `yt-dlp no pudo obtenerlo de su página de TikTok (${programText(actual)}).`,
  'page-refused': ({ actual }) =>
    `Su página no está en TikTok (${actual}), así que no se le dio a yt-dlp. Si confías en ella, inicia el estudio con --allow-host.`,
  'yt-dlp-missing': () => 'Con yt-dlp instalado quizá se pueda obtener de su página de TikTok.',
  'fetch-failed': ({ actual }) => `No se pudo guardar (${actual}). Inténtalo otra vez.`,

  // El equipo y el disco
  'disk-full': () => 'No queda espacio en el disco. Libera espacio e inténtalo otra vez.',
  'disk-quota': () => 'Tu cuota de este disco está agotada. Borra algo tuyo o pide más espacio, e inténtalo otra vez.',
  'disk-read-only': ({ actual }) =>
    `No se puede escribir en el disco${at(actual)}: es de solo lectura. Inicia el estudio con otra carpeta en --out.`,
  'disk-gone': ({ actual }) => `El disco ya no está${at(actual)}. Conéctalo de nuevo e inténtalo otra vez.`,
  'disk-error': ({ actual }) =>
    `No se pudo leer o escribir en el disco${at(actual)}; puede estar fallando. Copia lo que tiene a otro e inicia el estudio desde allí.`,
  'file-too-large': ({ actual }) =>
    `Un archivo superó el tamaño que se puede escribir${at(actual)}: el disco (FAT: 4 GB) o la sesión (ulimit -f) tiene un límite. Inicia el estudio con otra carpeta en --out.`,
  'file-gone': ({ actual }) =>
    `Un archivo desapareció mientras se usaba${at(actual)}. Devuélvelo a su lugar e inténtalo otra vez.`,
  'not-permitted': ({ actual }) =>
    `El sistema no lo permite${at(actual)}. Date el permiso, o mueve ese archivo a una carpeta tuya, e inténtalo otra vez.`,
  'memory-short': ({ actual }) =>
    `No hubo memoria suficiente${actual === '' ? '' : ` para ${actual}`}. Cierra otros programas e inténtalo otra vez.`,
  'open-files': () =>
    'Hay demasiados archivos abiertos a la vez en este equipo. Permite más (ulimit -n 1024) e inténtalo otra vez.',
  'program-killed': ({ actual, limit }) =>
    limit === 'SIGKILL'
      ? `El sistema cerró el programa ${actual} (SIGKILL), como suele hacer cuando falta memoria. Cierra otros programas e inténtalo otra vez.`
      : `El programa ${actual} se cerró desde fuera (${limit}). Inténtalo otra vez.`,
  'program-start': ({ actual, limit }) =>
    `El programa ${actual} no se puede iniciar (${programText(limit)}). port doctor dice qué hacer.`,
  'program-confined': ({ actual, limit }) =>
    `El programa ${actual} no ve ${limit}: está aislado (por snap, flatpak o AppArmor). Instala ffmpeg de otra manera, o usa una carpeta que sí vea.`,

  // El archivo
  damaged: ({ actual }) => `Su archivo está dañado o no es lo que dice su nombre (${programText(actual)}).`,
  'passed-over': ({ actual, limit }) => `No se tomó ${actual}. ${programText(limit)}`,
  unreadable: ({ actual }) => `Se descargó, y no se puede usar. ${programText(actual)}`,
  'sound-lost': ({ actual }) =>
    `${actual} no tiene sonido, y la publicación sí lo tenía. Consíguelo de nuevo o agrega otra copia.`,
  'codec-private': ({ actual, limit }) =>
    `Su imagen está en ${actual}, un códec propio de TikTok que ningún otro programa lee. Descárgalo de nuevo en ${limit} y suéltalo en esta publicación.`,
  'codec-newer': ({ actual, limit }) =>
    `Está en ${actual}, y este ffmpeg es demasiado antiguo para leerlo. Instala ffmpeg ${limit} o posterior (port doctor dice cómo), o guarda el video como MP4 en H.264 y AAC, e inténtalo otra vez.`,
  'codec-unknown': ({ actual, limit }) =>
    `Su ${programText(limit)} está en un códec que este ffmpeg no conoce (${programText(actual)}). Guarda el video como MP4 en H.264 y AAC y agrégalo a tus videos.`,
  encrypted: ({ actual }) =>
    `Su ${programText(actual)} tiene una protección anticopia (DRM), así que ningún otro programa puede abrirlo. Agrega una copia sin ella.`,
  'nothing-to-check': ({ actual }) => `No hay nada que revisar: ${programText(actual)}.`,
  container: ({ actual, limit }) => `Es un archivo ${actual}; se necesita: ${limit}.`,
  'moov-position': () => 'Su índice está al final del archivo, donde una subida no puede empezar a leer.',
  fragments: () => 'Es un MP4 en fragmentos, como se graban las transmisiones.',
  trailer: () => 'El video lleva detrás otros datos, que los reproductores ignoran; se quitan.',
  'no-picture': () => 'Tiene sonido pero no imagen.',
  'video-codec': ({ actual, limit }) =>
    isTikToks(actual)
      ? `Su imagen está en ByteVC2 (${actual}), un códec propio de TikTok que ningún programa lee. Descárgalo de nuevo en H.264.`
      : `Su imagen está en ${actual}; se necesita: ${limit}.`,
  'video-profile': ({ actual, limit }) =>
    `Su imagen está en el perfil ${actual}, que los teléfonos no decodifican; se necesita: ${limit}.`,
  'codec-tag': ({ actual, limit }) =>
    `Su HEVC está marcado como ${actual}, que los equipos de Apple muestran en negro; se necesita: ${limit}.`,
  'dolby-vision': ({ actual, limit }) =>
    `Es Dolby Vision, perfil ${actual}, cuyos colores solo ven bien sus reproductores: en otros sale verde y morado. Expórtalo como ${limit} y agrégalo a tus videos.`,
  'size-changes': () => 'Su imagen cambia de tamaño a mitad del video; toda se ajusta a un mismo cuadro.',
  'picture-ends': ({ actual, limit, number }) =>
    `Su imagen termina a los ${number(actual)} s y su sonido a los ${number(limit)} s; el último cuadro queda fijo hasta el final.`,
  'pixel-format': ({ actual, limit }) => `Sus colores se guardan como ${actual}; se necesita: ${limit}.`,
  hdr: ({ actual }) => `Es HDR (${actual}); se necesita: SDR.`,
  'sample-aspect': ({ actual, number }) => `Sus píxeles no son cuadrados (${number(actual)}).`,
  interlaced: () => 'Es entrelazado.',
  'frame-rate': (facts) => `Tiene ${facts.number(facts.actual)} cuadros por segundo; ${allowed(facts)}.`,
  width: (facts) => `Tiene ${facts.actual} píxeles de ancho; ${allowed(facts)}.`,
  height: (facts) => `Tiene ${facts.actual} píxeles de alto; ${allowed(facts)}.`,
  shape: (facts) =>
    `Su formato es ${facts.actual}; aquí el ancho entre el alto puede ser como ${isTooNarrow(facts) ? 'mínimo' : 'máximo'} ${facts.number(facts.limit)}.`,
  duration: (facts) => `Dura ${facts.number(facts.actual)} s; ${allowed(facts)} s.`,
  'duration-advice': ({ actual, limit, number }) =>
    `Dura ${number(actual)} s. Con más de ${limit} s puede quedar bloqueado por su música o mostrarse a menos personas.`,
  'duration-unknown': ({ actual, limit, number }) =>
    `Dura ${number(actual)} s. El límite de esta plataforma no se conoce; hasta ${limit} s se sabe que funciona.`,
  'duration-split': ({ actual, limit, number }) =>
    `Dura ${number(actual)} s; en una publicación caben ${limit} s, así que se divide.`,
  'duration-trimmed': ({ actual, limit, number }) =>
    `Se cortan sus últimos ${number(actual)} s, porque en una publicación solo caben ${limit} s.`,
  'light-plain': () =>
    'Su HDR o sus colores amplios se convirtieron con curvas simples, porque a este ffmpeg le falta el filtro zscale; los colores vivos pueden verse más pálidos. Instala un ffmpeg completo (port doctor dice cómo) e inténtalo otra vez.',
  'no-key-frame': () => 'No se puede cortar cerca del límite sin recodificar su imagen.',
  bytes: ({ actual, limit, number }) =>
    `Ocupa ${number(megabytes(actual))} MB; el límite es ${number(megabytes(limit))} MB.`,
  'audio-missing': () => 'No tiene pista de sonido; se agrega una en silencio.',
  'audio-codec': ({ actual, limit }) => `Su sonido está en ${actual}; se necesita: ${limit}.`,
  'audio-channels': ({ actual, limit }) => `Su sonido tiene ${actual} canales; el límite es ${limit}.`,
  'sample-rate': ({ actual, limit }) => `Su sonido tiene ${actual} Hz; el límite es ${limit}.`,
  'audio-tracks': ({ actual }) => `Tiene ${actual} pistas de sonido; se conserva una.`,
  'audio-mono-pair': () => 'Sus dos pistas de sonido son izquierda y derecha; se unen en una estéreo.',
  'audio-left-out': ({ actual, limit }) =>
    `De sus pistas de sonido solo sale una (${programText(limit)}); se omite: ${programText(actual)}. Si no es la correcta, agrega una copia que solo tenga la buena.`,
  'picture-tracks': ({ actual }) => `Tiene ${actual} pistas de imagen; se conserva una.`,
  'picture-left-out': ({ actual }) =>
    `Tiene ${many(actual, 'otra imagen', `otras ${actual} imágenes`)} en una pista aparte, que no se publica. Si es la correcta, agrega una copia que solo la tenga a ella.`,
  'key-frame-late': ({ actual, number }) =>
    `Empieza entre dos fotogramas clave: sus primeros ${number(actual)} s no se pueden mostrar y se cortan, con su sonido.`,
  'clock-jumps': () => 'Son grabaciones unidas, cada una con su propio reloj, así que se recodifica.',
  'frame-order': () =>
    'Su formato no dice en qué orden se muestran los cuadros (cuadros B en AVI), así que se recodifica la imagen.',
  'edit-lists': () => 'Está armado con varios tramos de lo grabado, así que se recodifica.',
  'copy-failed': () => 'Su imagen y su sonido no se pudieron tomar tal cual, así que se recodifican.',
  loudness: ({ actual, limit, number }) =>
    `Su volumen es de ${number(actual)} LUFS; se necesita: ${number(limit)} LUFS.`,
  'loudness-limited': ({ actual, limit, number }) =>
    `Sus picos impiden subir más el volumen: llega a ${number(actual)} LUFS de los ${number(limit)} deseados.`,
  'sound-muted': ({ actual }) => `Su música (“${actual}”) es de otra persona, así que queda en silencio.`,
  'sound-library': ({ actual }) =>
    `Su música (“${actual}”) es de otra persona: una plataforma puede silenciarla o bloquearla. En las opciones, “Música ajena” la silencia.`,
  'sound-claim': ({ actual, limit }) =>
    `Dura más de ${limit} s con música de otra persona (“${actual}”): si la reclaman, queda bloqueado en todas partes. En las opciones, “Música ajena” la silencia.`,
  'sound-unknown': ({ actual }) => `Su música (“${actual}”) puede ser de otra persona; asegúrate de que se puede usar.`,
  location: () => 'El archivo dice dónde se grabó; se quita.',
  'image-format': ({ actual, limit }) => `Es una imagen ${actual}; se necesita: ${limit}.`,
  'image-animated': ({ actual }) => `Es una animación de ${actual} cuadros; se conserva el primero.`,
  'image-orientation': () => 'Está guardada de lado.',
  'image-colour': ({ actual, limit }) => `Sus colores son ${actual}; se necesita: ${limit}.`,
  'photo-unusable': ({ actual, limit }) => `Se omite la foto ${actual} de ${limit}, por el motivo siguiente.`,
  'photo-flawed': ({ actual, limit }) =>
    `La foto ${actual} de ${limit} está dañada y una parte puede verse mal. Mírala; si tienes una copia mejor, agrégala.`,
  'decode-errors': () =>
    'Su archivo tiene partes dañadas: la imagen o el sonido pueden cortarse un momento. Míralo antes de publicarlo; si tienes una copia mejor, agrégala.',
  'image-codec': ({ actual }) =>
    `Es una foto ${actual}, que no se puede abrir. Guárdala como JPEG (en el teléfono: compártela como “la más compatible”) y agrégala.`,
  'image-pixels': ({ actual, limit }) =>
    `Tiene ${actual} píxeles; no se abren las de más de ${programText(limit)}. Guárdala más pequeña y agrégala.`,
  'image-attachment': () =>
    'Detrás de la imagen hay un video, otra imagen u otros datos que pueden decir dónde se tomó; se quitan.',
  'serial-number': () => 'El archivo nombra la cámara o a su dueño (números de serie, notas del fabricante); se quita.',
  'shape-shared': ({ actual, limit }) =>
    `${many(actual, '1 foto tiene', `${actual} fotos tienen`)} otro formato que la primera (${limit}), y la plataforma las recorta así. En las opciones puedes elegir cómo se muestran.`,
  'shape-advice': ({ actual, limit }) =>
    `${many(actual, '1 foto es más alta o más ancha', `${actual} fotos son más altas o más anchas`)} de lo que esta plataforma muestra bien (ancho entre alto: ${programText(limit)}); se toman igualmente.`,
  'photo-count': ({ actual, limit }) => `Tiene ${actual} fotos; en una publicación caben ${limit}, así que se divide.`,
  'photos-unsupported': () => 'Esta plataforma no admite publicaciones de fotos.',
  'slideshow-needed': () => 'Esta plataforma no admite publicaciones de fotos, así que es un video de sus fotos.',
  'slideshow-asked': () => 'Es un video de sus fotos, como piden las opciones.',
  'slides-shortened': ({ actual, limit, number }) =>
    `Cada foto se muestra ${number(actual)} s, para que todas quepan en ${limit} s.`,

  // Preparar y comprobar
  'render-failed': ({ actual }) => `No se pudo preparar (${programText(actual)}).`,
  'worker-lost': ({ actual }) =>
    `El equipo o programa que la preparaba se detuvo ${actual} veces a la mitad, así que se abandonó. Mira su original, o prepárala sola.`,
  'breaks-off': ({ actual, limit, number }) =>
    `Su archivo está cortado: debería durar ${number(limit)} s, y después de ${number(actual)} s no hay nada. Consíguelo de nuevo de donde vino.`,
  'check-failed': ({ actual, limit }) =>
    `Lo preparado no es lo previsto (${actual}; se esperaba: ${programText(limit)}), así que se descartó.`,
  'own-file': ({ actual }) =>
    `Tu propio ${actual} queda como está. Para volver al de port, bórralo e inténtalo otra vez.`,
  'own-file-unfit': ({ actual, limit }) => `Tu propio ${actual} puede no ser admitido aquí: ${programText(limit)}`,
  'own-file-damaged': ({ actual, limit }) =>
    `Tu propio ${actual} no se puede abrir: ${programText(limit)} Guárdalo de nuevo, o bórralo para volver al de port.`,
  'cover-unusable': ({ actual, limit }) => `No se usa la portada “${actual}” de captions.csv: ${programText(limit)}.`,
  'fit-unknown': ({ actual, limit }) =>
    `No se entiende el formato “${actual}” en captions.csv. ${programText(limit)} Hasta entonces vale el de las opciones.`,

  // Encontrar el texto
  'no-words': () => 'No tiene texto: TikTok no incluye los textos en sus exportaciones.',
  'several-captions-fit': ({ actual }) =>
    `${actual} textos corresponden a esta publicación, así que no se tomó ninguno. Escribe el correcto.`,
  'caption-edited': () => 'Su caption.txt se cambió a mano: esos textos quedan como están.',
  'captions-unread': ({ actual, limit }) => `No se leyeron textos de ${actual}: ${programText(limit)}.`,
  'captions-unread-more': ({ actual }) =>
    `No se leyeron textos de ${many(actual, '1 archivo más', `${actual} archivos más`)}.`,
  'captions-foreign': ({ actual, limit }) =>
    `${many(actual, 'No se tomó 1 texto', `No se tomaron ${actual} textos`)} de ${programText(limit)}, de otra cuenta.`,
  'captions-left': ({ actual, limit }) =>
    `${many(actual, 'Sobra 1 texto', `Sobran ${actual} textos`)} de ${programText(limit)} que no corresponden a ninguna publicación de esta exportación.`,
  'captions-alias': ({ actual, limit }) =>
    `${many(limit, 'No se tomó 1 texto', `No se tomaron ${limit} textos`)} de @${actual}, aunque corresponden a publicaciones de esta cuenta. Si ese era su nombre anterior, inicia el estudio con --alias ${actual}: así se toman sus textos y los archivos que hay junto a ellos.`,
  'captions-shifted': ({ actual, limit }) =>
    `No se asignaron los textos de ${programText(limit)}: sus horas difieren en ${span(actual)}. Si son horas locales, inicia el estudio con --caption-shift ${actual}.`,
  'captions-unclear': ({ actual, limit }) =>
    `${many(actual, 'No se asignó 1 texto', `No se asignaron ${actual} textos`)} de ${programText(limit)}: las horas corresponden a varias publicaciones, según la zona horaria. Si son UTC, inicia el estudio con --caption-shift 0; si no, con los segundos que hay que sumar. O indica cada publicación en una columna “key”.`,
  'captions-wanted': ({ actual, limit }) =>
    `${programText(actual)} sin texto: escríbelo aquí, o completa ${limit} y vuelve a preparar.`,
  'captions-outranked': ({ actual }) =>
    `${many(actual, '1 publicación conserva el texto que escribiste', `${actual} publicaciones conservan los textos que escribiste`)} en captions.csv; --captions dice otra cosa. Para tomar eso, vacía las celdas.`,
  'captions-spreadsheet-beside': ({ actual }) =>
    `${actual} está junto a captions.csv y es más reciente, pero solo se lee captions.csv. Abre ${actual} y guárdalo como CSV (UTF-8) con el nombre captions.csv.`,
  'captions-sheet-unread': ({ actual }) =>
    `No se pudo leer captions.csv (${programText(actual)}), así que queda como está y las publicaciones conservan los textos que tenían. Corrígelo, o bórralo: port hace uno nuevo con esos textos.`,
  'captions-sheet-unwritten': ({ actual }) =>
    `No se pudo escribir captions.csv (${programText(actual)}). Si está abierto en otro programa, ciérralo e inténtalo otra vez.`,
  'captions-stale': ({ actual, limit }) =>
    `captions.csv se guardó desde una copia antigua, así que lo que cambió después se conserva: ${programText(actual)}${
      Number(limit) > 5 ? ` y ${Number(limit) - 5} más` : ''
    }. Si quieres los textos de antes, escríbelos otra vez, publicación por publicación.`,
  'captions-conflict': ({ actual, limit }) =>
    `captions.csv cambió en dos sitios, y en cada celda solo cabe un texto. Estos textos no se usaron y se guardan en captions.json: ${programText(actual)}${
      Number(limit) > 5 ? ` y ${Number(limit) - 5} más` : ''
    }. Elige aquí cuál se queda.`,
  'listing-failed': ({ actual, limit }) =>
    limit === ''
      ? `No se pudo obtener la lista de tus publicaciones en TikTok, que tiene tus textos (${programText(actual)}).`
      : `La lista de tus publicaciones en TikTok, que tiene tus textos, está desactualizada o incompleta (${programText(actual)}).`,

  // Lo planificado y lo publicado
  'posting-unread': ({ actual }) =>
    `No se pudo leer posting.csv (${programText(actual)}), así que queda como está y cuenta lo último que port escribió. Corrígelo, o bórralo: port hace uno nuevo.`,
  'posting-unwritten': ({ actual }) =>
    `No se pudo escribir posting.csv (${programText(actual)}), así que está atrasado. Si está abierto en otro programa, ciérralo: lo nuevo no se pierde y se escribe la próxima vez.`,
  'posting-record-broken': ({ actual }) =>
    `${actual} está dañado, así que cuenta lo que dice posting.csv. Allí no caben las partes sueltas ya publicadas de un video: márcalas de nuevo.`,
  'posting-cell': ({ actual, limit }) =>
    `posting.csv, ${programText(actual)}: ${programText(limit)}. Hasta entonces la celda cuenta como estaba antes.`,
  'posting-twice': ({ actual }) =>
    `posting.csv tiene dos filas para ${programText(actual)} que dicen cosas distintas: deja una. Hasta entonces cuenta lo de antes.`,
  'posting-conflict': ({ actual, limit }) =>
    `posting.csv se cambió en una hoja de cálculo y aquí: ${programText(actual)} queda en ${programText(limit)}, y lo de la hoja está en la nota de esa fila.`,
  'posting-stale': ({ actual, limit }) =>
    `posting.csv se guardó desde una copia antigua, así que lo que cambió después se conserva: ${programText(actual)}${
      Number(limit) > 5 ? ` y ${Number(limit) - 5} más` : ''
    }. Para deshacer una publicación, quita aquí su marca de publicada.`,
  'posting-strange': ({ actual, limit }) =>
    `posting.csv tiene una fila para ${actual}${
      Number(limit) > 1 ? ` (y ${Number(limit) - 1} más así)` : ''
    }, que no es una publicación lista con su plataforma: la fila queda y no hace nada.`,
  'posted-frozen': ({ actual }) =>
    `Ya está publicada aquí, así que queda como está, aunque ahora ${programText(actual)}. Con --redo-posted al iniciar el estudio se prepara de nuevo.`,
  'posted-stays': ({ actual }) =>
    `${many(actual, '1 publicación cambiaría ahora, pero queda como está', `${actual} publicaciones cambiarían ahora, pero quedan como están`)}, porque en posting.csv consta como publicado. Con --redo-posted al iniciar el estudio se prepara de nuevo.`,

  // El texto y las reglas de la plataforma
  'title-cut': ({ actual, limit }) => `Su título mide ${actual} y se cortó a ${limit}; completo está en el texto.`,
  'title-made': ({ actual }) => `No tiene título propio, así que se llamó “${actual}”.`,
  'body-cut': ({ actual, limit }) => `Su texto mide ${actual} y se cortó a ${limit}; el resto está en post.json.`,
  'body-thread': ({ actual, limit }) =>
    `Su texto es demasiado largo para una publicación de ${limit}, así que sigue en respuestas: ${actual} publicaciones.`,
  'hashtags-cut': ({ actual, limit }) =>
    `Tiene ${actual} hashtags; se conservan ${limit}, los demás están en post.json.`,
  'contacts-removed': ({ actual }) =>
    `Aquí no se permiten enlaces ni datos de contacto en una publicación: se quitaron ${actual}, que están en post.json. Ponlos en tu perfil, si allí se permiten.`,
  'footer-contact': ({ actual }) =>
    `Tu línea final contiene “${actual}”, y aquí no se permiten datos de contacto en una publicación, así que se omite.`,
  'footer-too-long': ({ actual, limit }) =>
    `Tu línea final mide ${actual}; aquí un texto entero puede medir ${limit}, así que se omite. Escribe una más corta.`,
  'character-refused': (facts) =>
    `Aquí no se admite el carácter ${wordOf(facts)}, así que lo reemplaza uno parecido. Revisa que se lea bien.`,
  'word-absolute': (facts) =>
    `${wordOf(facts)} promete más de lo que se puede demostrar; esas publicaciones se muestran menos. Dilo con más modestia.`,
  'word-medical': (facts) =>
    `${wordOf(facts)} parece una promesa médica; esas publicaciones se muestran menos o se retiran. Cuenta lo que hiciste, no lo que cura.`,
  'word-finance': (facts) =>
    `${wordOf(facts)} parece una promesa de dinero; esas publicaciones se muestran menos o se retiran. Quítalo.`,
  'word-bait': (facts) =>
    `${wordOf(facts)} parece un gancho; esas publicaciones se muestran menos. Di de qué se trata.`,
  'word-contact': (facts) =>
    `${wordOf(facts)} remite a un contacto fuera de la plataforma, lo que no se permite en una publicación. Quítalo.`,
  'word-platform': (facts) =>
    `${wordOf(facts)} nombra otra plataforma; esas publicaciones suelen mostrarse menos. Quita el nombre.`,
  'word-feature': (facts) =>
    `${wordOf(facts)} solo significa algo en TikTok; aquí no existe nada así. Dilo de otra manera o quítalo.`,
  'word-restricted': (facts) =>
    `${wordOf(facts)} es algo que aquí no se puede promocionar (medicamentos, suplementos, dispositivos médicos, medicina estética). Quítalo, o no la publiques aquí.`,
  'word-promotion': (facts) => `${wordOf(facts)} parece publicidad, que aquí no se permite. Dilo sin vender o quítalo.`,
  'translation-refused': ({ actual, limit }) =>
    `Su texto sale sin traducir (${limit}): la traducción se rechazó, porque ${programText(actual)}. Escribe title_${limit} y caption_${limit} en captions.csv, o prueba otro traductor.`,
  'translation-failed': ({ actual, limit }) =>
    `Su texto no se pudo traducir (${limit}): ${programText(actual)}. Sale como está; la próxima vez se intenta de nuevo.`,
  'translation-stale': ({ actual }) =>
    `Su texto cambió después de escribir ${actual}. Mira esa celda de captions.csv: corrígela, o vacíala y usa --translate.`,
  'speech-failed': ({ actual }) =>
    `No se pudo escribir lo que se dice en él: ${programText(actual)}. Corrígelo y prepáralo otra vez con --transcribe, o escribe un texto.`,
  'subtitles-stale': ({ actual }) =>
    `Sus subtítulos se hicieron con otro archivo que el que se publica (speech/${actual}.srt), así que se omiten. Corrígelos, o usa --transcribe.`,
  'subtitles-unreadable': ({ actual }) => `No se puede leer como subtítulos (SRT): ${programText(actual)}.`,
  'subtitles-long': ({ actual, limit, number }) =>
    `Sus subtítulos terminan a los ${number(actual)} s y su video a los ${number(limit)} s: quizá son de otro video.`,
  'own-title-long': (facts) => `Su título en caption.txt tiene ${measured(facts)}. Acórtalo en ${excess(facts)}.`,
  'own-body-long': (facts) =>
    `Su texto en caption.txt, con sus hashtags, tiene ${measured(facts)}. Acórtalo en ${excess(facts)}.`,
  'own-hashtags-many': (facts) =>
    `Su caption.txt tiene ${facts.actual} hashtags; aquí caben ${facts.limit}. Quita ${excess(facts)}.`,
  'own-hashtags-long': (facts) =>
    `Los hashtags de su caption.txt tienen ${facts.actual} caracteres; aquí caben ${facts.limit}. Acórtalos en ${excess(facts)}.`,
  'own-character-refused': (facts) =>
    `Aquí no se admite el carácter ${wordOf(facts)} de caption.txt. Escríbelo de otra manera.`,
  'own-contact': (facts) =>
    `Aquí no se permiten datos de contacto ni enlaces en una publicación: quita ${wordOf(facts)} de caption.txt.`,
};

const audienceNames: Readonly<Record<string, string>> = {
  private: 'privada',
  friends: 'solo amigos',
  deleted: 'borrada',
};

function audiences(names: string | number): string {
  return String(names)
    .split(',')
    .map((name) => audienceNames[name] ?? name)
    .join(', ');
}

function at(path: string | number): string {
  return path === '' ? '' : ` (${path})`;
}

function isTikToks(codec: string | number): boolean {
  return /^bv(?:c2|2c)$/i.test(String(codec));
}

function allowed(facts: IssueFacts): string {
  const limit = facts.number(facts.limit);
  return isTooLow(facts) ? `debe ser al menos ${limit}` : `el límite es ${limit}`;
}

const parts = { title: 'título', body: 'texto' } as const;

/** A word, and where to find it. */
function wordOf({ actual, place }: IssueFacts): string {
  const word = `“${actual}”`;
  if (!place) return word;
  return place.part === 'hashtag'
    ? `${word} (hashtag ${place.at})`
    : `${word} (${parts[place.part]}, carácter ${place.at})`;
}

const counting: Readonly<Record<CountingUnit, string>> = {
  'half-width': ' (una letra latina cuenta ½, un carácter chino 1, casi todos los emojis 2)',
  characters: '',
  graphemes: '',
  bytes: ' (una letra latina es uno, otros caracteres son de dos a cuatro)',
  weighted: ' (un emoji o una letra china, japonesa o coreana cuenta 2, un enlace 23)',
  'emoji-bytes': ' (un emoji cuenta 4 o más)',
};

function measured({ actual, limit, unit }: IssueFacts): string {
  return `${actual} ${unit === 'bytes' ? 'bytes' : 'caracteres'}${counting[unit]}; aquí caben ${limit}`;
}
