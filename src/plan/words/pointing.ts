/**
 * Words that point at a contact and are useless without it, in the languages that creators use most: `order at …`,
 * `Link:`, `book now`. Lower case.
 */
const pointing = new Set(
  [
    'shop store link links linktree website web webpage site page url blog channel email e-mail mail mails inbox contact contacts call text msg message dm order orders ordering book booking bookings reserve reservations reservation appointments inquiries enquiries inquiry business collab collabs collaborations pr buy get grab preorder visit see check out click tap find follow reach hit up join here there now today below above more info infos details full via through under down me us you it this handle account profile support sponsor please pls just also can directly whatsapp wechat telegram insta instagram ig tiktok snapchat facebook youtube phone tel mobile number no new all any or and',
    'tienda enlace web sitio página pagina pedidos pedido pedir al por reserva reservas reservar contacto contáctame contactame escríbeme escribeme escríbenos llama llámame aquí aqui ahora hoy más mas info información informacion detalles visita compra comprar correo teléfono telefono sígueme sigueme síguenos nuestro nuestra',
    'loja site zap whats pra chama encomendar encomendas encomenda reservas contato contacto fale conosco comigo chama chame aqui agora hoje mais informações informacoes detalhes compre comprar clique acesse siga',
    'lien boutique site commande commandes commander réserver réservation réservations contact contactez-nous ici maintenant plus infos info détails acheter écrivez-moi appelez suivez-moi suis-moi',
    'shop laden link webseite website seite bestellen bestellung bestellungen buchen buchung buchungen kontakt hier jetzt heute mehr infos info unter schreib mir uns ruf anrufen kaufen folgt folge anfragen',
    'negozio link sito ordina ordini prenota prenotazioni contatti contattami scrivi scrivimi qui ora oggi più info dettagli compra seguimi',
    'winkel link site bestel bestellen boek reserveren contact hier nu meer info koop volg mij ons',
    'link sipariş siparis rezervasyon iletişim iletisim bilgi detaylı için mağaza hemen şimdi buradan tıkla ara arayın yaz yazın takip et',
    'sklep link zamów zamówienia rezerwacja kontakt tutaj teraz więcej info napisz zadzwoń kup',
    'ссылка магазин сайт заказ заказать запись записаться контакт контакты здесь тут сейчас пишите звоните подробнее почта тел телефон мой моя наш',
    'toko link pesan order pemesanan kontak hubungi di sini sekarang info lebih lanjut beli',
    'link đặt hàng mua liên hệ tại đây ngay web shop số',
    'व्हाट्सएप लिखें मेल लिंक संपर्क बुकिंग ऑर्डर यहाँ यहां करें अभी और जानकारी फोन कॉल',
    'الرابط رابط للحجز للطلب للتواصل للاستفسار الطلب هنا الآن واتساب تواصلوا اطلب موقعنا المتجر معنا رقم',
    'קישור להזמנות ליצירת קשר כאן עכשיו אתר חנות טלפון',
    '링크 링크는 문의 문의는 예약 예약은 주문 주문은 연락처 여기 여기서 지금 는 은 에서 으로 로 카톡 이메일 홈페이지 자세한 보세요 확인하세요 주세요 클릭',
  ].flatMap((words) => words.split(' ')),
);

/** Connecting words: `or`, `at`, `for`. Before a contact they introduce it. */
const between = new Set(
  [
    'and or at on via in from to for with by & + is as the a my our your',
    'y o u en con de para a por es mi nuestro la el e em com no na meu minha',
    'et ou sur à au chez par pour est mon ma le la und oder auf bei unter über mit an zu zum zur per ist im in mein meine der die das',
    'ed su con per da è il en op bij via ve ile ya veya या पर के लिए को से i na w z do и в на по с от для из',
    'di ke dari dan untuk ở tại và qua و في على عبر من إلى על ב',
  ].flatMap((words) => words.split(' ')),
);

const pointingUnspaced =
  /^(?:[详詳]情|[请請]|看|[点點][击擊]|[链鏈]接|[连連][结結]|官[网網]|[网網][址站店]|店[铺鋪]|[邮郵]箱|[联聯][系繫络絡]|我们?|我們?|你|您|合作|商[务務]|[预預][约約]|咨[询詢]|[购購][买買]|下[单單]|戳|找|[关關]注|在|[这這]里|這裡|可以|也|或者?|和|的|有|更多|信息|[电電][话話]|[报報]名|加|添加|是|到|去|来|：|詳細|リンク|こちら|お問い合わせ|問い合わせ|予約|注文|購入|連絡先?|ショップ|サイト|ホームページ|プロフィール|公式|は|から|まで|へ|に|で|を|の|ください|下さい|หรือ|ทัก|อินบ็อกซ์|ลิงก์|ลิงค์|ติดต่อ|สั่งซื้อ|สั่ง|ซื้อ|ได้|ที่|จอง|สอบถาม|โทร|เว็บ|ร้าน|เรา|นี่|เลย|ไลน์|เพิ่มเติม|ดู|เพิ่ม|ราคา|รายละเอียด|กด|คลิก|แอด|ช่องทาง|นะคะ|ค่ะ|ครับ|จ้า)+$/u;

/** Whether a word points at a contact or introduces it. */
export function isPointing(word: string): boolean {
  const small = word.toLowerCase();
  return pointing.has(small) || between.has(small) || pointingUnspaced.test(small);
}

/** Whether a word introduces what follows it. */
export function leadsTo(word: string): boolean {
  return between.has(word.toLowerCase()) || pointingUnspaced.test(word);
}

const conjunctions = new Set('and or & y o e ou et und oder ve veya и или dan atau và و أو और या'.split(' '));

export function isConjunction(word: string): boolean {
  return conjunctions.has(word.toLowerCase());
}
