"""All pages, with the files that they load."""

from api.pages import (
    carrier_page,
    carriers_map_page,
    carriers_page,
    desk_board_page,
    desk_files_page,
    desk_lead_page,
    desk_page,
    founder_page,
    my_account_page,
    my_startup_page,
    my_startups_page,
    office_page,
    ranking_page,
    sign_in_page,
    static_files,
)

ROUTERS = (
    static_files.router,
    founder_page.router,
    ranking_page.router,
    sign_in_page.router,
    my_startups_page.router,
    my_startup_page.router,
    my_account_page.router,
    office_page.router,
    carriers_page.router,
    carriers_map_page.router,
    carrier_page.router,
    desk_page.router,
    desk_board_page.router,
    desk_lead_page.router,
    desk_files_page.router,
)
