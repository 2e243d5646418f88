package ui

// IconName names one of the drawings of [Icon].
type IconName string

// The icons. Each stands beside a word, or its control has a hidden one.
const (
	IconSearch   IconName = "search"
	IconUser     IconName = "user"
	IconBell     IconName = "bell"
	IconMenu     IconName = "menu"
	IconClose    IconName = "close"
	IconCheck    IconName = "check"
	IconWarn     IconName = "warn"
	IconError    IconName = "error"
	IconInfo     IconName = "info"
	IconClock    IconName = "clock"
	IconLock     IconName = "lock"
	IconStar     IconName = "star"
	IconShield   IconName = "shield"
	IconQuote    IconName = "quote"
	IconDown     IconName = "down"
	IconLeft     IconName = "left"
	IconRight    IconName = "right"
	IconList     IconName = "list"
	IconFile     IconName = "file"
	IconDownload IconName = "download"
	IconBold     IconName = "bold"
	IconItalic   IconName = "italic"
	IconLink     IconName = "link"
	IconReuse    IconName = "reuse"
	IconPin      IconName = "pin"
	IconHidden   IconName = "hidden"
	IconBin      IconName = "bin"
	IconEdit     IconName = "edit"
	IconPlus     IconName = "plus"
	IconHand     IconName = "hand"
	IconFeed     IconName = "feed"
	IconFlag     IconName = "flag"
	IconQuestion IconName = "question"
	IconTalk     IconName = "talk"
	IconMail     IconName = "mail"
)

// icons are drawn on 24 × 24, by a line of 1.8.
var icons = map[IconName]string{
	IconSearch:   "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.3 15.3L20.5 20.5",
	IconUser:     "M12 3.5a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20.5C4.5 16.5 7.5 14.5 12 14.5S19.5 16.5 19.5 20.5",
	IconBell:     "M6 17V10.5a6 6 0 0 1 12 0V17M4 17H20M10 20.5H14",
	IconMenu:     "M4 7H20M4 12H20M4 17H20",
	IconClose:    "M6 6L18 18M18 6L6 18",
	IconCheck:    "M4.5 12.5L10 18L20 7",
	IconWarn:     "M12 4L21.5 20H2.5ZM12 10V14.5M12 17V17.2",
	IconError:    "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M12 7.5V13M12 16V16.2",
	IconInfo:     "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M12 11V16.5M12 7.8V8",
	IconClock:    "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M12 7.5V12L15 14",
	IconLock:     "M5.5 11H18.5V20H5.5ZM8.5 11V8a3.5 3.5 0 0 1 7 0V11",
	IconStar:     "M12 3.5L14.6 9L20.5 9.8L16.2 14L17.3 20L12 17.1L6.7 20L7.8 14L3.5 9.8L9.4 9Z",
	IconShield:   "M12 3.5L19 6V11.5C19 16 16 19 12 20.5C8 19 5 16 5 11.5V6ZM9 12L11.2 14.2L15.2 9.8",
	IconQuote:    "M5 8H10V13C10 15.5 8.5 17 6 17.5M14 8H19V13C19 15.5 17.5 17 15 17.5",
	IconDown:     "M5.5 9L12 15.5L18.5 9",
	IconLeft:     "M15 5.5L8.5 12L15 18.5",
	IconRight:    "M9 5.5L15.5 12L9 18.5",
	IconList:     "M9 6.5H20M9 12H20M9 17.5H20M4.5 6.5H5M4.5 12H5M4.5 17.5H5",
	IconFile:     "M6 3.5H14L18.5 8V20.5H6ZM14 3.5V8H18.5",
	IconDownload: "M12 4V15M7 10.5L12 15.5L17 10.5M5 20H19",
	IconBold:     "M7 4.5H13a3.6 3.6 0 0 1 0 7.2H7ZM7 11.7H14a3.9 3.9 0 0 1 0 7.8H7Z",
	IconItalic:   "M10 4.5H17M7 19.5H14M13.8 4.5L10.2 19.5",
	IconLink:     "M10 14a4 4 0 0 0 5.7 0L19 10.7A4 4 0 0 0 13.3 5L12 6.3M14 10a4 4 0 0 0-5.7 0L5 13.3A4 4 0 0 0 10.7 19L12 17.7",
	IconReuse:    "M4 9H19L15 5M20 15H5L9 19",
	IconPin:      "M8 4H16M9.5 4V11L6.5 14.5H17.5L14.5 11V4M12 14.5V20.5",
	IconHidden:   "M3 12C5.5 8 8.5 6 12 6S18.5 8 21 12C18.5 16 15.5 18 12 18S5.5 16 3 12M4 20L20 4",
	IconBin:      "M4.5 7H19.5M9 7V4.5H15V7M6.5 7L7.5 20H16.5L17.5 7M10 11V16.5M14 11V16.5",
	IconEdit:     "M4 20L5 15.5L16 4.5L19.5 8L8.5 19ZM14 6.5L17.5 10",
	IconPlus:     "M12 5V19M5 12H19",
	IconHand:     "M8 12V6.5a1.4 1.4 0 0 1 2.8 0V11M10.8 11V5a1.4 1.4 0 0 1 2.8 0V11M13.6 11V6.5a1.4 1.4 0 0 1 2.8 0V14.5C16.4 18 14.5 20.5 11.8 20.5C9 20.5 7.8 19 5.5 15a1.4 1.4 0 0 1 2.4-1.4L8 14",
	IconFeed:     "M5 19H5.3M5 12.5a6.5 6.5 0 0 1 6.5 6.5M5 6a13 13 0 0 1 13 13",
	IconFlag:     "M6 21V4.5H17.5L15 8.7L17.5 13H6",
	IconQuestion: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M9.5 9.5a2.5 2.5 0 1 1 3.6 2.3C12.3 12.3 12 12.8 12 13.7M12 16.3V16.5",
	IconTalk:     "M4 5H20V16H11L6.5 20V16H4Z",
	IconMail:     "M3.5 5.5H20.5V18.5H3.5ZM4 6.5L12 13L20 6.5",
}
