"""Who of the staff may press what, decided by hand and apart from the program's own tables, to which it is held."""

EVERY_ROLE = "owner officer approver manager viewer"
OFFICERS = "owner officer"
WRITERS = "owner officer manager"
LOOKERS = "owner officer approver"  # at what others wrote
# Which roles may press it at all. What is about a facility's things a manager may for their own facility only.
PRESSES = {
    # the desk
    "dk": EVERY_ROLE,  # today's work
    "dh": EVERY_ROLE,  # help
    "dn": EVERY_ROLE,  # openings that nobody asks about
    "do": EVERY_ROLE,  # drafts that they may see
    "du": EVERY_ROLE,  # messages of which nobody knows whether they came
    "ds": EVERY_ROLE,  # sources that don't answer
    "dj": OFFICERS,  # invitations used lately
    # facilities and staff
    "yh": EVERY_ROLE,  # show names
    "ye": EVERY_ROLE,  # a code for one's own second device
    "yl": EVERY_ROLE,  # staff; of who may not, the facilities that they see
    "yk": EVERY_ROLE,  # facilities that they see
    "yf": EVERY_ROLE,  # one facility
    "yn": OFFICERS,  # a new facility
    "yw": OFFICERS,  # change it
    "yc": OFFICERS,  # close it: asked
    "yd": OFFICERS,  # close it
    "ys": OFFICERS,  # a page of staff
    "yp": OFFICERS,  # one of them
    "yx": OFFICERS,  # dismiss: asked
    "yz": OFFICERS,  # dismiss
    "yi": OFFICERS,  # invite
    "yj": OFFICERS,  # invite a facility's manager
    "yr": OFFICERS,  # a new link for who lost theirs
    "yo": OFFICERS,  # take an invitation back
    # postings
    "zp": EVERY_ROLE,  # where one writes, if anywhere
    "zf": WRITERS,  # a facility's postings
    "zl": WRITERS,  # a page of them
    "za": WRITERS,  # the last one again
    "zo": WRITERS,  # an older one again
    "zn": WRITERS,  # a new one
    "zw": EVERY_ROLE,  # a draft as it stands
    "zv": EVERY_ROLE,  # in another language
    "zg": EVERY_ROLE,  # its details
    "zk": WRITERS,  # cure a finding
    "zon": WRITERS,  # go on with it
    "zd": WRITERS,  # put it away
    "ze": WRITERS,  # which line to change
    "zx": WRITERS,  # change that line
    "zs": WRITERS,  # send a sheet
    "zsa": WRITERS,  # publish what a sheet holds
    "zsd": WRITERS,  # put it away
    "zu": WRITERS,  # publish
    "zy": LOOKERS,  # approve
    "zb": LOOKERS,  # send back
    "zq": LOOKERS,  # what waits for approval
    "zt": WRITERS,  # a posting that was published
    "zc": WRITERS,  # correct it
    "zh": WRITERS,  # more time: asked
    "zi": WRITERS,  # more time
    "zz": WRITERS,  # undo that
    "zj": WRITERS,  # close it: why
    "zr": WRITERS,  # close it
    "zm": WRITERS,  # open it again
    # what residents say is wrong, and last year's postings
    "xl": EVERY_ROLE,  # those that they may look into
    "xs": "owner officer approver manager",
    "xo": "owner officer approver manager",
    "xr": "owner officer approver manager",  # show it again
    "xd": "owner officer approver manager",  # take it down: asked
    "xe": "owner officer approver manager",  # take it down
    "xn": WRITERS,  # not this year
    # people at the counter
    "qm": WRITERS,
    "qw": WRITERS,  # those that they may see
    "ql": WRITERS,
    "qn": WRITERS,  # enter somebody
    "qe": WRITERS,  # change what was entered
    "qp": WRITERS,
    "qt": WRITERS,  # they were told
    "qs": WRITERS,  # a sheet for them
    "qc": WRITERS,  # a code for their own telephone
    "qd": WRITERS,  # end: asked
    "qx": WRITERS,  # end
    # who applied
    "ib": WRITERS,  # openings with applicants
    "ip": WRITERS,  # everybody who applied for one
    "iz": WRITERS,  # the same as a sheet
    "io": WRITERS,  # tell all who wait
    "is": WRITERS,  # one person's card
    "iy": WRITERS,  # choose: asked
    "ic": WRITERS,  # choose
    "in": WRITERS,  # not this time: asked
    "id": WRITERS,  # not this time
    "ir": WRITERS,  # the reserve list
    "it": WRITERS,  # has started
    "ie": WRITERS,  # has finished
    "im": WRITERS,  # ask to come
    "iq": WRITERS,  # what may be asked
    "iw": WRITERS,  # ask it
    # sheets for the notice board, of what everybody may read
    "jb": EVERY_ROLE,
    "jp": EVERY_ROLE,
    "jf": EVERY_ROLE,
    "jl": EVERY_ROLE,
    "jw": EVERY_ROLE,
    "jm": EVERY_ROLE,
}
QUESTIONS = {  # the same of flows, and whose thing the id in their answers names
    "name": (EVERY_ROLE, ""),
    "invite": (OFFICERS, ""),
    "facility": (OFFICERS, ""),
    "facility_again": (OFFICERS, "facility"),
    "writing_where": (EVERY_ROLE, ""),
    "writing": (WRITERS, "writing"),
    "writing_back": (LOOKERS, "writing"),
    "writing_cell": (WRITERS, "writing"),
    "writing_sheet": (WRITERS, "facility"),
    "counter": (WRITERS, ""),
    "entry": (WRITERS, "person"),
    "meet": (WRITERS, "application"),
}
OF_THEIR_OWN = {"yo"}  # their ids are of things that have a test of their own
OVER = {"yx", "yz", "yr"}  # only over others, and never over who stands above
BELOW = {"officer", "other officer", "approver", "manager A", "manager B", "viewer"}
UNDER = {"owner": BELOW | {"owner", "other owner"}, "officer": BELOW}
