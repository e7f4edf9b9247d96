"""What people write in contact lists, in three languages: headings, and names of closed values."""

import re
import unicodedata
from collections.abc import Iterator

# Every field of an imported row, in the order pages show them.
FIELDS = (
    "organisation",
    "name",
    "email",
    "language",
    "role",
    "weight",
    "external_id",
    "kind",
    "segment",
    "yearly_value",
    "owner",
    "organisation_id",
)
REQUIRED = ("organisation", "name", "email")

_HEADINGS = {
    "organisation": """organisation, organization, organisation name, organization name, company,
        company name, account, account name, client, client name, customer, partner, firm,
        perusahaan, nama perusahaan, organisasi, nama organisasi, instansi, lembaga, klien,
        nama klien, pelanggan, mitra, syarikat, nama syarikat, pertubuhan, nama pertubuhan,
        pelanggan korporat""",
    "name": """name, full name, contact, contact name, contact person, person, respondent,
        nama, nama lengkap, nama kontak, kontak, nama penuh, nama orang, orang yang dihubungi,
        nama pegawai, pegawai dihubungi, hubungan""",
    "email": """email, e mail, mail, email address, e mail address, mail address, contact email,
        surel, alamat surel, alamat email, alamat e mail, email kontak, e mel, emel,
        alamat e mel, alamat emel""",
    "language": """language, preferred language, lang, bahasa, bahasa pilihan""",
    "role": """role, job title, title, position, function, job, jabatan, posisi, peran, fungsi,
        jawatan, peranan, gelar jawatan""",
    "weight": """weight, decision weight, decision role, influence, bobot, bobot keputusan,
        peran keputusan, pengaruh, wajaran, pemberat, kuasa keputusan""",
    "external_id": """id, external id, contact id, crm id, reference, ref, id kontak, id eksternal,
        nomor kontak, id luaran, id hubungan, kod, kode""",
    "kind": """kind, type, organisation kind, organisation type, organization type, jenis,
        jenis organisasi, tipe, jenis perusahaan, jenis syarikat, kategori""",
    "segment": """segment, sector, industry, branch, segmen, sektor, industri, bidang usaha""",
    "yearly_value": """yearly value, annual value, value, revenue, annual revenue, yearly revenue,
        contract value, nilai tahunan, nilai per tahun, nilai, nilai kontrak, omzet, pendapatan,
        pendapatan tahunan, nilai setahun, hasil tahunan""",
    "owner": """owner, owner email, account manager, account manager email, manager,
        relationship manager, responsible, responsible email, penanggung jawab,
        email penanggung jawab, surel penanggung jawab, manajer akun, pengelola, pemilik,
        pengurus akaun, e mel pengurus akaun, penanggungjawab, pengurus""",
    "organisation_id": """organisation id, organization id, company id, account id, client id,
        customer id, customer number, id perusahaan, id organisasi, id klien, id pelanggan,
        kode pelanggan, nomor pelanggan, id syarikat, kod pelanggan, no pelanggan""",
}
_LANGUAGES = {
    "en": """en, eng, english, bahasa inggris, inggris, bahasa inggeris, inggeris""",
    "id": """id, ind, in, indonesian, bahasa indonesia, indonesia""",
    "ms": """ms, msa, may, my, malay, bahasa melayu, melayu, bahasa malaysia, malaysia""",
}
_KINDS = {
    "client": """client, customer, klien, pelanggan, nasabah, clients, customers""",
    "partner": """partner, supplier, vendor, distributor, partners, mitra, pemasok, rekanan,
        mitra usaha, rakan, rakan niaga, rakan kongsi, pembekal, pengedar""",
    "internal": """internal, internal unit, unit internal, unit kerja, dalaman, unit dalaman""",
    "community": """community, stakeholder, community stakeholder, komunitas, masyarakat,
        pemangku kepentingan, komuniti, pihak berkepentingan""",
}
_WEIGHTS = {
    "decision_maker": """decision maker, decider, decides, pengambil keputusan,
        pembuat keputusan, penentu""",
    "influencer": """influencer, influences, pemberi pengaruh, pemengaruh, berpengaruh,
        mempengaruhi, memengaruhi""",
    "user": """user, users, end user, uses, pengguna, pemakai, pengguna akhir""",
}


def fold(text: str) -> str:
    """Return the text without case, accents, signs and double spaces, for comparing words.

    >>> fold(" E-Mail  Address * ")
    'e mail address'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def _pairs(words: dict[str, str]) -> Iterator[tuple[str, str]]:
    for value, names in words.items():
        yield fold(value), value
        for name in names.split(","):
            yield fold(name), value


HEADINGS = dict(_pairs(_HEADINGS))
LANGUAGES = dict(_pairs(_LANGUAGES))
KINDS = dict(_pairs(_KINDS))
WEIGHTS = dict(_pairs(_WEIGHTS))


def find_language(text: str) -> str | None:
    """Return en, id or ms for a name or code of the language, regions like id-ID included."""
    known = LANGUAGES.get(fold(text))
    if known is None and len(text) == 5 and text[2] in "-_":
        known = LANGUAGES.get(text[:2].casefold())
    return known


def find_kind(text: str) -> str | None:
    """Return the kind of organisation this word names."""
    return KINDS.get(fold(text))


def find_weight(text: str) -> str | None:
    """Return the decision weight this word names."""
    return WEIGHTS.get(fold(text))
