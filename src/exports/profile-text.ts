import { parseDate } from './date.ts';
import { isBlank, plainName } from './row.ts';
import { readLine } from './txt-lines.ts';

/** Labels of the user name, from the app's menus by language (2025-26), without case and spaces. */
const LABELS = new Set(
  `Username|User name|Gebruikersnaam|Nom d'utilisateur|Nom d’utilisateur|Benutzername|Nutzername|Nome utente|Nombre de usuario|Usuario|Nome de usuário|Nome de utilizador|Nome do usuário
Nazwa użytkownika|Uživatelské jméno|Používateľské meno|Felhasználónév|Nume de utilizator|Nume utilizator|Όνομα χρήστη|Kullanıcı adı|İstifadəçi adı|Имя пользователя|Ім'я користувача|Ім’я користувача
Потребителско име|Korisničko ime|Uporabniško ime|Användarnamn|Brukernavn|Brugernavn|Käyttäjänimi|Käyttäjätunnus|Notendanafn|Nom d'usuari|Vartotojo vardas|Lietotājvārds|Kasutajanimi
Nama pengguna|Nama Pengguna|Jeneng pangguna|Tên người dùng|Jina la mtumiaji|ユーザー名|ユーザーネーム|ユーザーID|사용자 이름|사용자명|사용자 아이디|用户名|用戶名|使用者名稱|用戶名稱|ชื่อผู้ใช้|ឈ្មោះអ្នកប្រើប្រាស់|အသုံးပြုသူအမည်
اسم المستخدم|نام کاربری|صارف کا نام|שם משתמש|उपयोगकर्ता नाम|यूज़रनेम|यूजरनेम|ব্যবহারকারীর নাম|பயனர்பெயர்|వినియోగదారు పేరు|მომხმარებლის სახელი`
    .split(/[|\n]/)
    .map(plainName),
);

const HANDLE = /^@?[\p{L}\p{M}\p{N}._-]{1,64}$/u;
const ADDRESS = /^https?:\/\//i;
const E_MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** A telephone number, possibly masked; never matches a date or a count. */
const PHONE = /^(?:\+|0|\()[\d\s()*./-]{5,}$|^[\d\s()+-]*\*[\d\s()*-]+$/;
/** Words for "nothing" in languages other than English. */
const NOTHING = new Set(
  'geen|niets|aucun|aucune|néant|keine|keines|keiner|nichts|nessuno|nessuna|ninguno|ninguna|nenhum|nenhuma|brak|žádné|žádný|žiadne|nincs|niciunul|κανένα|yok|hiçbiri|нет|немає|няма|ingen|inget|ingenting|ei mitään|tidak ada|tiada|không có|không|なし|ありません|없음|无|無|没有|沒有|ไม่มี|لا شيء|لا يوجد|هیچ|אין|कोई नहीं|নেই|wala'.split(
    '|',
  ),
);

/**
 * Finds the user name in a profile in TXT form: under its label in any known language; else the line before the
 * telephone number or e-mail address, which follow it (seen in 2025); else the first line that can be a name.
 * @returns null if there is none
 */
export function accountIn(text: string): string | null {
  const lines = text.split(/\r\n|\n|\r/).flatMap((line) => readLine(line) ?? []);
  const labelled = lines.find(({ label }) => LABELS.has(plainName(label)));
  if (labelled) return handleIn(labelled.value);
  const phone = lines.findIndex(({ value }) => PHONE.test(value) && parseDate(value) === null);
  const mail = lines.findIndex(({ value }) => E_MAIL.test(value));
  for (const at of [phone - 1, phone < 0 ? mail - 2 : -1, mail - 1]) {
    const handle = at < 0 ? null : handleIn(lines[at]?.value ?? '');
    if (handle !== null) return handle;
  }
  for (const { value } of lines) {
    if (isBlank(value) || ADDRESS.test(value) || NOTHING.has(value.toLowerCase())) continue;
    return handleIn(value);
  }
  return null;
}

function handleIn(value: string): string | null {
  if (isBlank(value) || NOTHING.has(value.toLowerCase()) || !HANDLE.test(value)) return null;
  return value.replace(/^@/, '');
}
