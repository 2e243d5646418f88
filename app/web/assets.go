package web

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/static"
)

// asset answers GET /s/{asset}: named after its content, it never changes.
func asset(c *fiber.Ctx) error {
	file, ok := static.Find(c.Path(), c.Get(fiber.HeaderAcceptEncoding))
	if !ok {
		return fiber.NewError(fiber.StatusNotFound)
	}
	h := &c.Response().Header
	h.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	h.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	h.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set(fiber.HeaderETag, file.ETag)
	if c.Get(fiber.HeaderIfNoneMatch) == file.ETag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	h.SetContentType(file.Type)
	if file.Encoding != "" {
		h.Set(fiber.HeaderContentEncoding, file.Encoding)
	}
	c.Response().SetBodyRaw(file.Body)
	return nil
}
