// SPDX-License-Identifier: ISC
/*
 * sniff.c - what kind of file this is
 */
#include "message/sniff.h"

#include "base/table.h"
#include "message/media.h"

/* At an offset, these bytes; the first that fits. */
static const struct {
	size_t at;
	struct str bytes;
	const char *type;
} magic[] = {
	{ 0, { "\x89PNG\r\n\x1a\n", 8 }, "image/png" },
	{ 0, { "\xff\xd8\xff", 3 }, "image/jpeg" },
	{ 0, { "GIF87a", 6 }, "image/gif" },
	{ 0, { "GIF89a", 6 }, "image/gif" },
	{ 8, { "WEBPVP8", 7 }, "image/webp" },
	{ 4, { "ftypavif", 8 }, "image/avif" },
	{ 4, { "ftypheic", 8 }, "image/heic" },
	{ 0, { "II*\0", 4 }, "image/tiff" },
	{ 0, { "MM\0*", 4 }, "image/tiff" },
	{ 0, { "\0\0\1\0", 4 }, "image/vnd.microsoft.icon" },
	{ 0, { "%PDF-", 5 }, "application/pdf" },
	{ 0, { "%!PS", 4 }, "application/postscript" },
	{ 0, { "{\\rtf", 5 }, "application/rtf" },
	{ 0, { "PK\3\4", 4 }, "application/zip" },
	{ 0, { "PK\5\6", 4 }, "application/zip" },
	{ 0, { "\x1f\x8b", 2 }, "application/gzip" },
	{ 0, { "BZh", 3 }, "application/x-bzip2" },
	{ 0, { "\xfd" "7zXZ\0", 6 }, "application/x-xz" },
	{ 0, { "\x28\xb5\x2f\xfd", 4 }, "application/zstd" },
	{ 0, { "7z\xbc\xaf\x27\x1c", 6 }, "application/x-7z-compressed" },
	{ 0, { "Rar!\x1a\7", 6 }, "application/vnd.rar" },
	{ 257, { "ustar", 5 }, "application/x-tar" },
	{ 0, { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8 },
	    "application/x-ole-storage" },
	{ 0, { "SQLite format 3", 16 }, "application/vnd.sqlite3" },
	{ 0, { "\x7f" "ELF", 4 }, "application/x-executable" },
	{ 0, { "OggS", 4 }, "audio/ogg" },
	{ 0, { "fLaC", 4 }, "audio/flac" },
	{ 0, { "ID3", 3 }, "audio/mpeg" },
	{ 8, { "WAVEfmt ", 8 }, "audio/x-wav" },
	{ 8, { "AVI LIST", 8 }, "video/x-msvideo" },
	{ 4, { "ftypM4A ", 8 }, "audio/mp4" },
	{ 4, { "ftypqt", 6 }, "video/quicktime" },
	{ 4, { "ftyp", 4 }, "video/mp4" },
	{ 0, { "\x1a\x45\xdf\xa3", 4 }, "video/x-matroska" },
};

/* What a name ends with, in any case. */
static const struct suffix {
	const char *name;
	const char *type;
} suffixes[] = {
	{ "asc", "text/plain" },
	{ "avif", "image/avif" },
	{ "bmp", "image/bmp" },
	{ "bz2", "application/x-bzip2" },
	{ "c", "text/x-c" },
	{ "conf", "text/plain" },
	{ "css", "text/css" },
	{ "csv", "text/csv" },
	{ "deb", "application/vnd.debian.binary-package" },
	{ "diff", "text/x-diff" },
	{ "doc", "application/msword" },
	{ "docx", "application/vnd.openxmlformats-officedocument."
	    "wordprocessingml.document" },
	{ "eml", "message/rfc822" },
	{ "epub", "application/epub+zip" },
	{ "gif", "image/gif" },
	{ "gz", "application/gzip" },
	{ "h", "text/x-c" },
	{ "htm", "text/html" },
	{ "html", "text/html" },
	{ "ics", "text/calendar" },
	{ "jar", "application/java-archive" },
	{ "jpeg", "image/jpeg" },
	{ "jpg", "image/jpeg" },
	{ "js", "text/javascript" },
	{ "json", "application/json" },
	{ "log", "text/plain" },
	{ "md", "text/markdown" },
	{ "mov", "video/quicktime" },
	{ "mp3", "audio/mpeg" },
	{ "mp4", "video/mp4" },
	{ "odp", "application/vnd.oasis.opendocument.presentation" },
	{ "ods", "application/vnd.oasis.opendocument.spreadsheet" },
	{ "odt", "application/vnd.oasis.opendocument.text" },
	{ "ogg", "audio/ogg" },
	{ "patch", "text/x-diff" },
	{ "pdf", "application/pdf" },
	{ "pgp", "application/pgp-encrypted" },
	{ "png", "image/png" },
	{ "ppt", "application/vnd.ms-powerpoint" },
	{ "pptx", "application/vnd.openxmlformats-officedocument."
	    "presentationml.presentation" },
	{ "ps", "application/postscript" },
	{ "py", "text/x-python" },
	{ "rtf", "application/rtf" },
	{ "sh", "text/x-shellscript" },
	{ "sig", "application/pgp-signature" },
	{ "svg", "image/svg+xml" },
	{ "tar", "application/x-tar" },
	{ "tgz", "application/gzip" },
	{ "tif", "image/tiff" },
	{ "tiff", "image/tiff" },
	{ "txt", "text/plain" },
	{ "vcf", "text/vcard" },
	{ "wav", "audio/x-wav" },
	{ "webm", "video/webm" },
	{ "webp", "image/webp" },
	{ "xls", "application/vnd.ms-excel" },
	{ "xlsx", "application/vnd.openxmlformats-officedocument."
	    "spreadsheetml.sheet" },
	{ "xml", "text/xml" },
	{ "xz", "application/x-xz" },
	{ "yaml", "application/yaml" },
	{ "yml", "application/yaml" },
	{ "zip", "application/zip" },
	{ "zst", "application/zstd" },
};

/* Types that say as good as nothing: there a name knows more. */
static const struct plain {
	const char *name;
} plain[] = {
	{ "" }, { "application/octet-stream" }, { "text/plain" },
	{ "application/zip" }, { "application/x-ole-storage" },
	{ "application/cdfv2" }, { "text/xml" }, { "application/xml" },
	{ "video/x-matroska" }, { "application/x-wine-extension-ini" },
};

struct str
sniff_bytes(struct str head)
{
	for (size_t i = 0; i < TABLE_COUNT(magic); i++) {
		struct str at = str_skip(head, magic[i].at);

		if (str_eat(&at, magic[i].bytes))
			return str_of(magic[i].type);
	}
	return STR("");
}

struct str
sniff_name(struct str name)
{
	const struct suffix *row;
	struct str stem, suffix;

	if (!str_cut_last(name, '.', &stem, &suffix))
		return STR("");
	row = TABLE_IFIND(suffixes, suffix);
	return str_of(row != NULL ? row->type : "");
}

/* Only what a leaf part can be; inode/x-empty is libmagic's own. */
static bool
is_type(struct str said)
{
	struct str type, subtype;

	return said.len < 100 && media_type(said, &type, &subtype) &&
	    said.len == type.len + 1 + subtype.len &&
	    !str_ieq(type, STR("multipart")) && !str_ieq(type, STR("inode"));
}

static bool
is_kind(struct str said, struct str kind)
{
	return str_ieat(&said, kind);
}

/*
 * A message inside a message must not be encoded as a whole (RFC 2046, 5.2.1),
 * so only one that is fit for every relay is called so.
 */
static bool
may_be(struct str type, const struct survey *s)
{
	if (is_kind(type, STR("text/")))
		return survey_is_text(s);
	if (is_kind(type, STR("message/")))
		return str_ieq(type, STR("message/rfc822")) &&
		    survey_transfer(s, true) == TRANSFER_NONE;
	return true;
}

/* A text is no picture, whatever it is called; a container is no text. */
static bool
is_refined(struct str by_name, struct str type, const struct survey *s)
{
	if (by_name.len == 0 || TABLE_IFIND(plain, type) == NULL ||
	    !may_be(by_name, s))
		return false;
	if (survey_is_text(s) && s->bytes > 0)
		return !(is_kind(by_name, STR("image/")) ||
		    is_kind(by_name, STR("audio/")) ||
		    is_kind(by_name, STR("video/"))) ||
		    str_eq(by_name, STR("image/svg+xml"));
	return is_kind(by_name, STR("application/")) || type.len == 0 ||
	    is_kind(type, STR("application/octet-stream")) ||
	    is_kind(type, STR("video/"));
}

struct str
sniff(const struct survey *s, struct str name, struct str said)
{
	struct str by_name = sniff_name(name), type = said;

	if (!is_type(type))
		type = sniff_bytes(buf_str(&s->head));
	if (is_refined(by_name, type, s))
		return by_name;
	if (type.len == 0 || !may_be(type, s))
		type = s->bytes > 0 && survey_is_text(s) ? STR("text/plain") :
		    STR("application/octet-stream");
	return type;
}
